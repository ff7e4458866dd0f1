//! What can stand in the way of a request before control is asked, each with its HTTP status.
//!
//! What the door itself turns away (host, origin, token, rate) has its codes there. Closed: a problem that is in neither
//! place is never answered. Codes are part of the interface and never change meaning.

/// Why a request was not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is described by its message")]
pub enum Problem {
    BadRequest,
    NotLocal,
    CodeWrong,
    NoSuchPath,
    NoSuchProfile,
    NoSuchRun,
    NoSuchCommand,
    NoSuchToken,
    NothingScheduled,
    NothingToRecover,
    WrongMethod,
    TooSlow,
    Stale,
    KeyReused,
    InUse,
    LengthMissing,
    BodyTooLarge,
    HeadersTooLarge,
    ControlSilent,
    ControlBusy,
    StorageFailed,
    StorageFull,
    NotAvailable,
    ClockUnknown,
    TooManyProfiles,
    NewerFormat,
    UnitsUnknown,
}

impl Problem {
    /// Every problem.
    pub const ALL: &[Self] = &[
        Self::BadRequest,
        Self::NotLocal,
        Self::CodeWrong,
        Self::NoSuchPath,
        Self::NoSuchProfile,
        Self::NoSuchRun,
        Self::NoSuchCommand,
        Self::NoSuchToken,
        Self::NothingScheduled,
        Self::NothingToRecover,
        Self::WrongMethod,
        Self::TooSlow,
        Self::Stale,
        Self::KeyReused,
        Self::InUse,
        Self::LengthMissing,
        Self::BodyTooLarge,
        Self::HeadersTooLarge,
        Self::ControlSilent,
        Self::ControlBusy,
        Self::StorageFailed,
        Self::StorageFull,
        Self::NotAvailable,
        Self::ClockUnknown,
        Self::TooManyProfiles,
        Self::NewerFormat,
        Self::UnitsUnknown,
    ];

    /// The HTTP status (RFC 9110 section 15, RFC 6585).
    pub const fn status(self) -> u16 {
        self.row().0
    }

    /// The stable code.
    pub const fn code(self) -> &'static str {
        self.row().1
    }

    /// The plain English of it.
    pub const fn message(self) -> &'static str {
        self.row().2
    }

    const fn row(self) -> (u16, &'static str, &'static str) {
        match self {
            Self::BadRequest => (400, "bad_request", "this is not an HTTP request that can be understood"),
            Self::NotLocal => {
                (403, "not_local", "this is changed over USB, over the set-up network, or with a code from the kiln")
            }
            Self::CodeWrong => (403, "code_wrong", "this is not the code the kiln shows, or it has expired"),
            Self::NoSuchPath => (404, "no_such_path", "there is nothing here"),
            Self::NoSuchProfile => (404, "no_such_profile", "there is no profile of this name"),
            Self::NoSuchRun => (404, "no_such_run", "there is no firing of this id"),
            Self::NoSuchCommand => (404, "no_such_command", "no command of this id is remembered"),
            Self::NoSuchToken => (404, "no_such_token", "there is no token of this id"),
            Self::NothingScheduled => (404, "nothing_scheduled", "no start is scheduled"),
            Self::NothingToRecover => (404, "nothing_to_recover", "no firing was cut off"),
            Self::WrongMethod => (405, "wrong_method", "this path has no such method"),
            Self::TooSlow => (408, "too_slow", "the request took too long to arrive"),
            Self::Stale => (409, "stale", "it has changed since you looked"),
            Self::KeyReused => (409, "key_reused", "this idempotency key was used for another request"),
            Self::InUse => (409, "in_use", "it is in use"),
            Self::LengthMissing => (411, "length_missing", "a request with a body must say how long it is"),
            Self::BodyTooLarge => (413, "body_too_large", "the body is longer than it may be"),
            Self::HeadersTooLarge => (431, "headers_too_large", "the headers are longer than they may be"),
            Self::ControlSilent => (503, "control_silent", "the control loop has not answered; ask again for this id"),
            Self::ControlBusy => (503, "control_busy", "the control loop has more to do than it can take; try again"),
            Self::StorageFailed => (503, "storage_failed", "the flash could not be read or written"),
            Self::StorageFull => (503, "storage_full", "there is no room left on the flash"),
            Self::NotAvailable => (503, "not_available", "this controller cannot do that now"),
            Self::ClockUnknown => (409, "clock_unknown", "the time of day is not known yet"),
            Self::TooManyProfiles => (409, "too_many_profiles", "as many profiles as can be are stored; delete one"),
            Self::NewerFormat => (409, "newer_format", "what is stored was written by a newer program, and is kept"),
            Self::UnitsUnknown => (422, "units_unknown", "the file does not say the unit of its temperatures; say it"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_statuses_are_errors() {
        for (index, problem) in Problem::ALL.iter().enumerate() {
            assert!((400..600).contains(&problem.status()), "{problem:?}");
            let twins = Problem::ALL.iter().filter(|other| other.code() == problem.code()).count();
            assert_eq!(twins, 1, "{problem:?}");
            assert_eq!(Problem::ALL.iter().position(|other| other == problem), Some(index));
        }
    }
}
