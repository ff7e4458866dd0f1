//! Does one fault of the menu to a world, at its moment and for as long as it lasts.
//!
//! Called once a slot, before the world's turn. Says whether it has really happened: a fault that comes after the end
//! of a firing has not. It breaks things and never looks at what the loop thinks of it.

use kiln_core::command::{Command, CommandId, Request};
use kiln_core::units::{Celsius, Millis};
use kiln_hal::fake::{PinTrouble, Trouble};
use kiln_hal::max31856::Register;

use super::{Action, ChipAction, Entry, PinAction, RelayAction, WireAction};
use crate::relay::RelayFault;
use crate::sensor::SensorFault;
use crate::world::{Broken, World};

/// Where a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It has not happened.
    Coming,
    /// It is there, since this moment, ms after the start of the firing.
    There {
        /// When it came.
        since_ms: u64,
    },
    /// It came and went.
    Gone {
        /// When it came.
        since_ms: u64,
    },
}

/// Breaks one thing.
#[derive(Clone, Debug)]
pub struct Breaker {
    entry: Entry,
    at_ms: u64,
    /// Which relay, of several.
    relay: usize,
    /// The number of the first request of an application that babbles.
    request: u32,
    course: Course,
}

impl Breaker {
    /// A fault that comes `at_ms` after the start, at the relay of this number where it is one of a relay.
    pub fn new(entry: Entry, at_ms: u64, relay: usize) -> Self {
        Self { entry, at_ms, relay, request: 1 << 31, course: Course::Coming }
    }

    /// The fault.
    pub const fn entry(&self) -> &Entry {
        &self.entry
    }

    /// Whether it has happened.
    pub const fn course(&self) -> Course {
        self.course
    }

    /// Serves one slot, `now_ms` after the start.
    pub fn serve<const N: usize>(&mut self, world: &mut World<N>, now_ms: u64) {
        match self.course {
            Course::Gone { .. } => {}
            Course::Coming => {
                if now_ms >= self.at_ms && self.may_begin(world) {
                    self.course = Course::There { since_ms: now_ms };
                    self.act(world, 0);
                }
            }
            Course::There { since_ms } => {
                let for_ms = now_ms - since_ms;
                if self.entry.lasts_s > 0 && for_ms >= self.entry.lasts_s * 1000 {
                    self.heal(world);
                    self.course = Course::Gone { since_ms };
                } else {
                    self.act(world, for_ms);
                }
            }
        }
    }

    /// A pin sticks high only while it is high.
    fn may_begin<const N: usize>(&self, world: &World<N>) -> bool {
        if matches!(self.entry.does, Action::Pin(_)) {
            return world.hardware().relays.get(self.relay % N).is_some_and(kiln_hal::fake::FakePin::level);
        }
        true
    }

    fn act<const N: usize>(&mut self, world: &mut World<N>, for_ms: u64) {
        let seconds = for_ms as f64 / 1000.0;
        let first = for_ms == 0;
        let grown = |within_s: f64| (seconds / within_s).min(1.0);
        match self.entry.does {
            Action::Wires(wires) => world.broken.sensor = wire_fault(wires),
            Action::ThermocoupleOut => world.broken.thermocouple_out = true,
            Action::Drift { k_per_hour } => {
                world.broken.sensor = SensorFault::Drift { offset_c: k_per_hour * seconds / 3600.0 };
            }
            Action::ColdJunction { error_k, within_s } => {
                world.broken.sensor = SensorFault::ColdJunction { error_c: error_k * grown(within_s) };
            }
            Action::Terminals { warmer_k, within_s } => world.broken.terminals_warmer_k = warmer_k * grown(within_s),
            Action::FalseBits { status, on_s, off_s } => {
                let on = for_ms / 1000 % (on_s + off_s) < on_s;
                world.broken.sensor = if on { SensorFault::Bits { status } } else { SensorFault::Sound };
            }
            Action::Spikes { over_k, samples, every_s } => {
                let celsius = maximum(world).get() + over_k;
                let on = for_ms / 1000 % every_s < samples;
                world.broken.sensor = if on { SensorFault::Says { celsius } } else { SensorFault::Sound };
            }
            Action::Relay(action) => world.broken.relays[self.relay % N] = relay_fault(action),
            Action::AllRelays(action) => world.broken.relays = [relay_fault(action); N],
            Action::Contactor(action) => world.broken.contactor = relay_fault(action),
            Action::Elements(health) => world.broken.element_health = health,
            Action::Lid(open) => world.broken.lid = open,
            Action::Mains(share) => world.broken.mains = share,
            Action::EmergencyStop => world.broken.stop_pressed = true,
            Action::AppBabbles => self.babble(world),
            Action::Chip(_) | Action::ChipForgets { .. } | Action::ChipKeepsNothing | Action::Pin(_) => {
                self.act_on_chip(world, for_ms);
            }
            Action::LoopStalls { ms, every_s } if for_ms.is_multiple_of(every_s * 1000) => {
                world.stall(Millis::new(ms));
            }
            Action::LoopHangs if first => world.stall(Millis::new(u64::MAX)),
            Action::CoreStops if first => world.stop_core(),
            Action::Resets { count, apart_s } => reset(world, for_ms, count, apart_s),
            // A reset brings it back.
            Action::AppDies if first => world.broken.app_dead = true,
            // What has begun, and what is a matter of how the firing is set up.
            Action::LoopStalls { .. }
            | Action::LoopHangs
            | Action::CoreStops
            | Action::AppDies
            | Action::Gains(_)
            | Action::WeekLong => {}
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "called for what is done to a chip or a pin, and for nothing else"
    )]
    fn act_on_chip<const N: usize>(&self, world: &World<N>, for_ms: u64) {
        let chip = &world.hardware().chip;
        match self.entry.does {
            Action::Chip(action) => chip.set_trouble(match action {
                ChipAction::Bus => Trouble::Bus,
                ChipAction::LineLow => Trouble::Line(false),
                ChipAction::LineHigh => Trouble::Line(true),
                ChipAction::Frozen => Trouble::Frozen,
            }),
            Action::ChipForgets { every_s } if for_ms.is_multiple_of(every_s * 1000) => chip.lose_settings(),
            Action::ChipKeepsNothing if for_ms == 0 => {
                chip.stick(Some(Register::Cr1));
                chip.lose_settings();
            }
            Action::Pin(action) => world.hardware().relays[self.relay % N].set_trouble(match action {
                PinAction::Refuses => PinTrouble::Refuses,
                PinAction::StuckHigh => PinTrouble::Stuck,
            }),
            _ => {}
        }
    }

    /// Requests that change nothing: questions, ends of pauses and tunings that are not, names used before.
    fn babble<const N: usize>(&mut self, world: &World<N>) {
        let command = match self.request % 4 {
            0 => Command::Ping,
            1 => Command::Unpause,
            2 => Command::StopTuning,
            _ => Command::CancelSchedule,
        };
        world.hardware().link.ask(Request { id: CommandId(self.request), command });
        self.request = self.request.wrapping_add(1);
    }

    fn heal<const N: usize>(&self, world: &mut World<N>) {
        let whole = Broken::<N>::NOTHING;
        match self.entry.does {
            Action::Wires(_)
            | Action::Drift { .. }
            | Action::ColdJunction { .. }
            | Action::FalseBits { .. }
            | Action::Spikes { .. } => world.broken.sensor = whole.sensor,
            Action::ThermocoupleOut => world.broken.thermocouple_out = false,
            Action::Terminals { .. } => world.broken.terminals_warmer_k = 0.0,
            Action::Relay(_) | Action::AllRelays(_) => world.broken.relays = whole.relays,
            Action::Contactor(_) => world.broken.contactor = whole.contactor,
            Action::Elements(_) => world.broken.element_health = whole.element_health,
            Action::Lid(_) => world.broken.lid = whole.lid,
            Action::Mains(_) => world.broken.mains = whole.mains,
            Action::EmergencyStop => world.broken.stop_pressed = false,
            Action::AppDies => world.broken.app_dead = false,
            Action::Chip(_) => world.hardware().chip.set_trouble(Trouble::None),
            Action::ChipKeepsNothing => world.hardware().chip.stick(None),
            Action::Pin(_) => world.hardware().relays[self.relay % N].set_trouble(PinTrouble::None),
            Action::ChipForgets { .. }
            | Action::LoopStalls { .. }
            | Action::LoopHangs
            | Action::CoreStops
            | Action::Resets { .. }
            | Action::Gains(_)
            | Action::AppBabbles
            | Action::WeekLong => {}
        }
    }
}

fn maximum<const N: usize>(world: &World<N>) -> Celsius {
    world.settings().rules.max_temperature
}

fn reset<const N: usize>(world: &mut World<N>, for_ms: u64, count: u64, apart_s: u64) {
    let apart = apart_s.max(1) * 1000;
    if for_ms.is_multiple_of(apart) && for_ms / apart < count {
        let _started = world.reset_or_die();
    }
}

const fn wire_fault(wires: WireAction) -> SensorFault {
    match wires {
        WireAction::Open => SensorFault::Open,
        WireAction::Short => SensorFault::Short,
        WireAction::Reversed => SensorFault::Reversed,
        WireAction::Stuck => SensorFault::Stuck,
    }
}

const fn relay_fault(relay: RelayAction) -> RelayFault {
    match relay {
        RelayAction::Welded => RelayFault::Welded,
        RelayAction::Open => RelayFault::Open,
        RelayAction::Chatter(missing) => RelayFault::Chatter { missing },
    }
}
