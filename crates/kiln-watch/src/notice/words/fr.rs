//! French.

use kiln_core::fault::Kind;

use super::{Alarm, Alert, Severity, Told, Unit, sentences};

/// What the kiln did about a fault.
pub(super) const fn reaction(severity: Severity) -> &'static str {
    match severity {
        Severity::Notice | Severity::Other => "",
        Severity::Hold => "La chauffe est retenue et la cuisson attend.",
        Severity::Trip => "La chauffe est coupée et la cuisson est terminée.",
        Severity::Lockout => "La chauffe est coupée et le contacteur de sécurité est ouvert.",
    }
}

const LOOK_AT_SENSOR: &str = "Vérifiez le thermocouple et ses fils.";
const LOOK_AT_POWER: &str = "Vérifiez le secteur, les fusibles, le relais et les résistances.";
const CUT: &str = "Coupez le courant à la main, maintenant.";

const fn told(name: &'static str, means: &'static str, to_do: &'static str) -> Told {
    Told { name, means, to_do }
}

/// What is said of a fault.
pub(super) const fn fault(kind: Kind) -> Told {
    match kind {
        Kind::OverTemperature => told("trop chaud", "Le four dépasse sa température maximale.", "Allez au four."),
        Kind::OverTemperatureSuspected => told("trop chaud ?", "Une mesure dépasse le maximum.", "Surveillez-le."),
        Kind::SensorNotReady => told("pas de mesure", "Aucune bonne mesure depuis l’allumage.", LOOK_AT_SENSOR),
        Kind::SensorStale => told("pas de mesure", "La dernière bonne mesure est trop vieille.", LOOK_AT_SENSOR),
        Kind::SensorLost => told("sonde perdue", "Les mesures manquent depuis trop longtemps.", LOOK_AT_SENSOR),
        Kind::SensorSetup => told("puce de la sonde", "La puce perd ses réglages.", "Vérifiez son câblage."),
        Kind::BelowMinimumRate => told("trop lent", "Il monte moins vite que l’étape ne l’admet.", LOOK_AT_POWER),
        Kind::Stalled => told("à l’arrêt", "Il devrait monter et ne bouge pas.", LOOK_AT_POWER),
        Kind::TuningTooHot => told("réglage trop chaud", "L’essai a dépassé sa limite.", "Regardez le four."),
        Kind::OutputFailed => told("sortie en panne", "Un relais ou le contacteur n’obéit pas.", CUT),
        Kind::LoopLate => told("boucle en retard", "La boucle de régulation est en retard.", ""),
        Kind::SensorFrozenSuspected => told("sonde figée ?", "La mesure ne bouge plus du tout.", LOOK_AT_SENSOR),
        Kind::SensorFrozen => told("sonde figée", "La mesure ne bouge pas alors que la chauffe varie.", LOOK_AT_SENSOR),
        Kind::SensorJumpSuspected => told("saut de mesure ?", "La mesure a sauté.", LOOK_AT_SENSOR),
        Kind::SensorJumped => told("saut de mesure", "La mesure a sauté et n’est pas revenue.", LOOK_AT_SENSOR),
        Kind::FallingFast => {
            told("chute rapide", "Il refroidit plus vite qu’un four fermé.", "Le couvercle est-il ouvert ?")
        }
        Kind::ThermocoupleOut => told("thermocouple sorti", "Il n’est plus dans le four.", LOOK_AT_SENSOR),
        Kind::HeatLostSuspected => told("pas de chauffe ?", "Il refroidit alors qu’il chauffe.", LOOK_AT_POWER),
        Kind::HeatLost => told("pas de chauffe", "Aucune chaleur n’arrive, malgré les essais.", LOOK_AT_POWER),
        Kind::NotRising => told("ne monte pas", "Chauffé longtemps, il est aussi froid qu’avant.", LOOK_AT_POWER),
        Kind::ThermocoupleReversed => {
            told("thermocouple inversé", "Plus on chauffe, plus il indique froid.", "Échangez ses deux fils.")
        }
        Kind::RelayWelded => told("relais soudé", "Il chauffe sans qu’on le chauffe.", CUT),
        Kind::CurrentWhileOff => told("courant à l’arrêt", "Du courant passe, relais ouverts.", CUT),
        Kind::OverSetpoint => told("au-dessus de la consigne", "Il est bien au-dessus de sa consigne.", ""),
        Kind::ElectronicsWarm => told("régulateur tiède", "Le régulateur chauffe.", "Mettez-le à l’ombre."),
        Kind::ElectronicsHot => told("régulateur chaud", "Le régulateur est trop chaud.", "Éloignez-le du four."),
        Kind::ElectronicsTooHot => {
            told("régulateur trop chaud", "Il a été trop chaud trop longtemps.", "Éloignez-le du four.")
        }
        Kind::FiringTooLong => told("cuisson trop longue", "Aucune cuisson ne dure autant.", "Regardez le four."),
        Kind::LidOpen => told("couvercle ouvert", "Le couvercle est ouvert.", "Fermez-le."),
        Kind::EmergencyStop => told("arrêt d’urgence", "Il est enfoncé, ou sa boucle est coupée.", "Allez au four."),
        Kind::ThermocouplesDisagree => {
            told("thermocouples en désaccord", "Les deux sont très éloignés.", LOOK_AT_SENSOR)
        }
        Kind::ApplicationSilent => told("page muette", "Page et journal muets ; la cuisson continue.", ""),
        Kind::StillLatched => told("défaut d’avant", "Un défaut d’avant la coupure tient encore.", "Voyez lequel."),
        Kind::KeepsResetting => told("redémarre sans cesse", "Trois redémarrages en une demi-heure.", CUT),
    }
}

/// Any other alarm.
pub(super) fn alarm(alarm: &Alarm, unit: Unit) -> (String, String) {
    match alarm {
        Alarm::Fault(fault) | Alarm::Withheld(fault) => (fault.code.clone(), fault.message.clone()),
        Alarm::Recovery(recovery) => {
            let at = recovery.found_c.map(|found| format!("Il est maintenant à {}.", unit.shown(found)));
            let question = if recovery.can_resume { "Faut-il continuer ?" } else { "Elle ne peut pas continuer." };
            let body = format!("{} a été interrompue.", recovery.profile);
            ("cuisson interrompue".to_owned(), sentences(&[&body, &at.unwrap_or_default(), question]))
        }
        Alarm::Resumed { profile } => {
            ("reprise après redémarrage".to_owned(), format!("Le régulateur a redémarré ; {profile} continue."))
        }
        Alarm::Lost => (
            "sans nouvelles depuis une minute".to_owned(),
            "Il cuisait, et continue tout seul. Vérifiez le réseau, ou allez voir le four.".to_owned(),
        ),
        Alarm::Silent => (
            "la régulation ne répond pas".to_owned(),
            "L’affichage est peut-être dépassé. Allez voir le four ; son chien de garde coupe une chauffe sans maître."
                .to_owned(),
        ),
    }
}

/// An alert.
pub(super) fn alert(alert: &Alert, unit: Unit) -> (String, String) {
    let at = |celsius: Option<f64>| celsius.map(|celsius| format!(" à {}", unit.shown(celsius))).unwrap_or_default();
    match alert {
        Alert::Started { profile } => ("cuisson".to_owned(), format!("{profile} a commencé.")),
        Alert::StepReached { step, count, target_c } => {
            let to = target_c.map(|target| format!(", vers {}", unit.shown(target))).unwrap_or_default();
            (format!("étape {step} sur {count}"), format!("L’étape {step} a commencé{to}."))
        }
        Alert::HoldEnds { step, target_c } => {
            ("fin de palier".to_owned(), format!("Le palier{} (étape {step}) finit dans dix minutes.", at(*target_c)))
        }
        Alert::Completed { profile } => ("terminé".to_owned(), format!("{profile} est terminée. Le four refroidit.")),
        Alert::Stopped { profile, temp_c } => {
            let what = profile.as_deref().unwrap_or("La cuisson");
            ("arrêté".to_owned(), format!("{what} a été arrêtée{}.", at(*temp_c)))
        }
        Alert::SafeToOpen { temp_c } => {
            ("on peut ouvrir".to_owned(), format!("Il est redescendu à {}.", unit.shown(*temp_c)))
        }
        Alert::StartMissed { profile } => {
            ("pas démarré".to_owned(), format!("Le départ différé de {profile} n’a pas eu lieu."))
        }
        Alert::Tuned => ("réglage fini".to_owned(), "Regardez ce qu’il a trouvé.".to_owned()),
        Alert::Back { temp_c } => ("de retour".to_owned(), format!("Il répond à nouveau{}.", at(*temp_c))),
    }
}
