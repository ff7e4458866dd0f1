/** Every fault of the kiln: what is wrong, with its figures, and what to do. The codes are the kiln's (docs/safety/faults.md). */
import type { FaultView } from "../generated/wire";
import type { Units } from "../units/format";
import { type Figure, figuresOf } from "./figures";
import { table } from "./table";

export const faultWords = table({
  en: {
    name: {
      over_temperature: "Too hot",
      over_temperature_suspected: "Perhaps too hot",
      sensor_not_ready: "No temperature yet",
      sensor_stale: "Old temperature",
      sensor_lost: "Thermocouple lost",
      sensor_setup: "Thermocouple board",
      below_minimum_rate: "Climbs too slowly",
      stalled: "Stands still",
      tuning_too_hot: "Tuning too hot",
      output_failed: "Relay failed",
      loop_late: "Control came late",
      sensor_frozen_suspected: "Thermometer perhaps frozen",
      sensor_frozen: "Thermometer frozen",
      sensor_jump_suspected: "Reading jumped",
      sensor_jumped: "Reading jumped away",
      falling_fast: "Falls fast",
      thermocouple_out: "Thermocouple out",
      heat_lost_suspected: "Perhaps no heat",
      heat_lost: "No heat",
      not_rising: "Does not rise",
      thermocouple_reversed: "Thermocouple reversed",
      relay_welded: "Relay stuck closed",
      current_while_off: "Current while off",
      over_setpoint: "Above set-point",
      electronics_warm: "Controller warm",
      electronics_hot: "Controller hot",
      electronics_too_hot: "Controller too hot",
      firing_too_long: "Firing too long",
      lid_open: "Lid open",
      emergency_stop: "Emergency stop",
      thermocouples_disagree: "Thermocouples disagree",
      application_silent: "Page did not answer",
      keeps_resetting: "Keeps restarting",
      still_latched: "Fault not cleared",
    },
    wrong: {
      over_temperature: (f: Figure) =>
        `The kiln is too hot: ${f("seen_c")}, and ${f("limit_c")} is its limit.`,
      over_temperature_suspected: (f: Figure) =>
        `One reading is over the limit: ${f("seen_c")}. It may be a spike.`,
      sensor_not_ready: (_f: Figure) => "No temperature yet since the controller started.",
      sensor_stale: (f: Figure) => `The last good temperature is ${f("age_s")} old.`,
      sensor_lost: (f: Figure) => `No temperature any more: ${f("failures")} readings in a row failed.`,
      sensor_setup: (_f: Figure) => "The thermocouple chip does not keep its settings.",
      below_minimum_rate: (f: Figure) =>
        `The kiln climbs too slowly: ${f("measured_c_per_h")}; this step wants at least ${f("minimum_c_per_h")}.`,
      stalled: (f: Figure) => `The kiln should climb and stands still at ${f("measured_c_per_h")}.`,
      tuning_too_hot: (f: Figure) =>
        `The tuning run got hotter than allowed: ${f("seen_c")} of ${f("cap_c")}.`,
      output_failed: (_f: Figure) => "A relay or the contactor could not be switched.",
      loop_late: (f: Figure) => `The control loop came ${f("late_s")} late.`,
      sensor_frozen_suspected: (_f: Figure) => "The thermometer repeats one value. It is being set up again.",
      sensor_frozen: (_f: Figure) =>
        "The thermometer is frozen: it repeats one value while heat comes and goes.",
      sensor_jump_suspected: (f: Figure) => `The reading jumped from ${f("from_c")} to ${f("to_c")}.`,
      sensor_jumped: (f: Figure) =>
        `The reading jumped from ${f("from_c")} to ${f("to_c")} and has not come back.`,
      falling_fast: (f: Figure) =>
        `The temperature falls faster than a closed kiln cools, to ${f("lowest_c")}.`,
      thermocouple_out: (f: Figure) =>
        `The thermocouple seems to be out of the kiln: it fell to ${f("lowest_c")}.`,
      heat_lost_suspected: (_f: Figure) => "The kiln gets colder although it is heated.",
      heat_lost: (_f: Figure) => "No heat arrives, however often it is tried.",
      not_rising: (_f: Figure) => "A cold kiln has been heated for long and is as cold as before.",
      thermocouple_reversed: (_f: Figure) =>
        "The thermocouple's wires are swapped: heating makes it read colder.",
      relay_welded: (f: Figure) =>
        `It gets hotter by ${f("rise_k")} and nobody heats it: a relay is stuck closed.`,
      current_while_off: (_f: Figure) => "Current flows although every relay is off.",
      over_setpoint: (f: Figure) => `${f("seen_c")} is far above the ${f("target_c")} asked for.`,
      electronics_warm: (f: Figure) => `The controller is getting warm: ${f("seen_c")}.`,
      electronics_hot: (f: Figure) => `The controller is too hot: ${f("seen_c")}.`,
      electronics_too_hot: (f: Figure) => `The controller has been too hot for too long: ${f("seen_c")}.`,
      firing_too_long: (f: Figure) => `The firing has gone on for ${f("lasted_s")}: longer than any should.`,
      lid_open: (_f: Figure) => "The lid is open.",
      emergency_stop: (_f: Figure) => "The emergency stop was pressed, or its loop is broken.",
      thermocouples_disagree: (f: Figure) =>
        `Two thermocouples disagree: ${f("first_c")} and ${f("second_c")}.`,
      application_silent: (_f: Figure) => "Page, network and log did not answer. The firing goes on.",
      keeps_resetting: (_f: Figure) => "The controller restarted three times in half an hour.",
      still_latched: (f: Figure) => `Fault ${f("before_code")} was latched when the power went. It still is.`,
    },
    act: {
      over_temperature:
        "Cut the power at the wall if it keeps climbing. Check the thermocouple and the relay before you fire again.",
      over_temperature_suspected: "Nothing yet: it is being watched.",
      sensor_not_ready: "Check the thermocouple and its plug.",
      sensor_stale: "Check the thermocouple and its plug.",
      sensor_lost: "Check the thermocouple, its plug and its wire, then clear the fault.",
      sensor_setup: "Check the wiring of the thermocouple board.",
      below_minimum_rate: "Check the elements, or give the step a lower minimum rate.",
      stalled: "Check the elements, the relay and the mains; a full load climbs slower.",
      tuning_too_hot: "Let the kiln cool, then choose a gentler test.",
      output_failed: "Switch the kiln off at the wall and have the relays checked.",
      loop_late: "Nothing, unless it happens often.",
      sensor_frozen_suspected: "Nothing yet: it is being watched.",
      sensor_frozen: "Check the thermocouple board and its wiring.",
      sensor_jump_suspected: "Nothing yet: it is being watched.",
      sensor_jumped: "Check the thermocouple, its plug and its wire.",
      falling_fast: "Close the lid. Is the thermocouple still in the kiln?",
      thermocouple_out: "Put the thermocouple back before anything else.",
      heat_lost_suspected: "Check the mains, the door switch and the elements.",
      heat_lost: "Check the mains, the relay and the elements.",
      not_rising: "Is the kiln switched on? Check the mains, the relay and the elements.",
      thermocouple_reversed: "Swap the two wires of the thermocouple.",
      relay_welded: "CUT THE POWER BY HAND, at the wall. The relay must be replaced.",
      current_while_off: "CUT THE POWER BY HAND, at the wall. A relay or the contactor must be replaced.",
      over_setpoint: "Nothing: no heat until it is back.",
      electronics_warm: "Shade the controller, or move it away from the kiln.",
      electronics_hot: "Shade the controller, or move it away from the kiln; the firing waits.",
      electronics_too_hot: "Let the controller cool, and move it away from the kiln.",
      firing_too_long: "Look at the kiln, then clear the fault.",
      lid_open: "Close the lid; the firing goes on by itself.",
      emergency_stop: "When it is safe, release it and clear the fault.",
      thermocouples_disagree: "Check both thermocouples: one of them is wrong.",
      application_silent: "Nothing, unless it happens often.",
      keeps_resetting: "Check the power supply of the controller; then clear the fault.",
      still_latched: "Find out what it was about; then clear it.",
    },
  },
  fr: {
    name: {
      over_temperature: "Trop chaud",
      over_temperature_suspected: "Peut-être trop chaud",
      sensor_not_ready: "Pas encore de température",
      sensor_stale: "Mesure ancienne",
      sensor_lost: "Thermocouple perdu",
      sensor_setup: "Carte du thermocouple",
      below_minimum_rate: "Monte trop lentement",
      stalled: "N’avance plus",
      tuning_too_hot: "Réglage trop chaud",
      output_failed: "Relais en panne",
      loop_late: "Régulation en retard",
      sensor_frozen_suspected: "Thermomètre peut-être figé",
      sensor_frozen: "Thermomètre figé",
      sensor_jump_suspected: "Mesure qui saute",
      sensor_jumped: "Mesure partie",
      falling_fast: "Baisse rapide",
      thermocouple_out: "Thermocouple sorti",
      heat_lost_suspected: "Chauffe peut-être perdue",
      heat_lost: "Plus de chauffe",
      not_rising: "Ne monte pas",
      thermocouple_reversed: "Thermocouple inversé",
      relay_welded: "Relais collé",
      current_while_off: "Courant à l’arrêt",
      over_setpoint: "Au-dessus de la consigne",
      electronics_warm: "Régulateur tiède",
      electronics_hot: "Régulateur chaud",
      electronics_too_hot: "Régulateur trop chaud",
      firing_too_long: "Cuisson trop longue",
      lid_open: "Couvercle ouvert",
      emergency_stop: "Arrêt d’urgence",
      thermocouples_disagree: "Thermocouples en désaccord",
      application_silent: "Page sans réponse",
      keeps_resetting: "Redémarre sans cesse",
      still_latched: "Défaut non effacé",
    },
    wrong: {
      over_temperature: (f) => `Le four est trop chaud : ${f("seen_c")}, pour une limite de ${f("limit_c")}.`,
      over_temperature_suspected: (f) =>
        `Une mesure dépasse la limite : ${f("seen_c")}. C’est peut-être un parasite.`,
      sensor_not_ready: () => "Pas encore de température depuis le démarrage.",
      sensor_stale: (f) => `La dernière bonne mesure date de ${f("age_s")}.`,
      sensor_lost: (f) => `Plus de température : ${f("failures")} mesures de suite ont échoué.`,
      sensor_setup: () => "La puce du thermocouple ne garde pas ses réglages.",
      below_minimum_rate: (f) =>
        `Le four monte trop lentement : ${f("measured_c_per_h")} ; ce palier veut au moins ${f("minimum_c_per_h")}.`,
      stalled: (f) => `Le four devrait monter et reste à ${f("measured_c_per_h")}.`,
      tuning_too_hot: (f) =>
        `Le réglage a dépassé la température permise : ${f("seen_c")} pour ${f("cap_c")}.`,
      output_failed: () => "Un relais ou le contacteur n’a pas pu être commandé.",
      loop_late: (f) => `La boucle de régulation a eu ${f("late_s")} de retard.`,
      sensor_frozen_suspected: () => "Le thermomètre répète la même valeur. Il est reconfiguré.",
      sensor_frozen: () => "Le thermomètre est figé : même valeur, que l’on chauffe ou non.",
      sensor_jump_suspected: (f) => `La mesure a sauté de ${f("from_c")} à ${f("to_c")}.`,
      sensor_jumped: (f) => `La mesure a sauté de ${f("from_c")} à ${f("to_c")} et n’est pas revenue.`,
      falling_fast: (f) => `La température baisse plus vite qu’un four fermé, jusqu’à ${f("lowest_c")}.`,
      thermocouple_out: (f) => `Le thermocouple semble sorti du four : il est tombé à ${f("lowest_c")}.`,
      heat_lost_suspected: () => "Le four refroidit alors qu’il est chauffé.",
      heat_lost: () => "Aucune chaleur n’arrive, malgré plusieurs essais.",
      not_rising: () => "Un four froid est chauffé depuis longtemps et reste froid.",
      thermocouple_reversed: () =>
        "Les fils du thermocouple sont inversés : chauffer fait baisser la mesure.",
      relay_welded: (f) => `Il chauffe de ${f("rise_k")} sans qu’on le chauffe : un relais est collé.`,
      current_while_off: () => "Du courant passe alors que tous les relais sont coupés.",
      over_setpoint: (f) => `${f("seen_c")} : bien au-dessus des ${f("target_c")} demandés.`,
      electronics_warm: (f) => `Le régulateur chauffe : ${f("seen_c")}.`,
      electronics_hot: (f) => `Le régulateur est trop chaud : ${f("seen_c")}.`,
      electronics_too_hot: (f) => `Le régulateur est resté trop chaud : ${f("seen_c")}.`,
      firing_too_long: (f) => `La cuisson dure depuis ${f("lasted_s")} : plus qu’aucune ne devrait.`,
      lid_open: () => "Le couvercle est ouvert.",
      emergency_stop: () => "L’arrêt d’urgence est enfoncé, ou sa boucle est coupée.",
      thermocouples_disagree: (f) => `Deux thermocouples divergent : ${f("first_c")} et ${f("second_c")}.`,
      application_silent: () => "Page, réseau et journal ne répondaient plus. La cuisson continue.",
      keeps_resetting: () => "Le régulateur a redémarré trois fois en une demi-heure.",
      still_latched: (f) =>
        `Le défaut ${f("before_code")} était présent à la coupure du courant. Il l’est toujours.`,
    },
    act: {
      over_temperature: "S’il monte encore, coupez au mur. Vérifiez thermocouple et relais avant de recuire.",
      over_temperature_suspected: "Rien pour l’instant : c’est surveillé.",
      sensor_not_ready: "Vérifiez le thermocouple et sa fiche.",
      sensor_stale: "Vérifiez le thermocouple et sa fiche.",
      sensor_lost: "Vérifiez le thermocouple, sa fiche et son fil, puis effacez le défaut.",
      sensor_setup: "Vérifiez le câblage de la carte du thermocouple.",
      below_minimum_rate: "Vérifiez les résistances, ou baissez la vitesse minimale du palier.",
      stalled: "Vérifiez résistances, relais et secteur ; un four plein monte moins vite.",
      tuning_too_hot: "Laissez refroidir, puis choisissez un essai plus doux.",
      output_failed: "Coupez le four au mur et faites vérifier les relais.",
      loop_late: "Rien, sauf si cela se répète.",
      sensor_frozen_suspected: "Rien pour l’instant : c’est surveillé.",
      sensor_frozen: "Vérifiez la carte du thermocouple et son câblage.",
      sensor_jump_suspected: "Rien pour l’instant : c’est surveillé.",
      sensor_jumped: "Vérifiez le thermocouple, sa fiche et son fil.",
      falling_fast: "Fermez le couvercle. Le thermocouple est-il bien dans le four ?",
      thermocouple_out: "Remettez le thermocouple avant toute chose.",
      heat_lost_suspected: "Vérifiez le secteur, le contact de porte et les résistances.",
      heat_lost: "Vérifiez le secteur, le relais et les résistances.",
      not_rising: "Le four est-il sous tension ? Vérifiez secteur, relais et résistances.",
      thermocouple_reversed: "Inversez les deux fils du thermocouple.",
      relay_welded: "COUPEZ LE COURANT À LA MAIN, au mur. Le relais est à remplacer.",
      current_while_off: "COUPEZ LE COURANT À LA MAIN, au mur. Un relais ou le contacteur est à remplacer.",
      over_setpoint: "Rien : pas de chauffe avant le retour.",
      electronics_warm: "Mettez le régulateur à l’ombre, ou plus loin du four.",
      electronics_hot: "Éloignez le régulateur du four ; la cuisson attend.",
      electronics_too_hot: "Laissez refroidir le régulateur et éloignez-le du four.",
      firing_too_long: "Regardez le four, puis effacez le défaut.",
      lid_open: "Fermez le couvercle ; la cuisson reprend d’elle-même.",
      emergency_stop: "Quand tout est sûr, relâchez-le et effacez le défaut.",
      thermocouples_disagree: "Vérifiez les deux thermocouples : l’un d’eux se trompe.",
      application_silent: "Rien, sauf si cela se répète.",
      keeps_resetting: "Vérifiez l’alimentation du régulateur, puis effacez le défaut.",
      still_latched: "Cherchez-en la cause, puis effacez-le.",
    },
  },
});

type Kind = keyof (typeof faultWords)["en"]["wrong"];

const isKind = (kind: string): kind is Kind => Object.hasOwn(faultWords.en.wrong, kind);

type FaultWords = (typeof faultWords)["en"];

/** The fault in two or three words; its code where it is newer than this page. */
export const faultName = (words: FaultWords, fault: FaultView): string =>
  isKind(fault.kind) ? words.name[fault.kind] : fault.code;

/** Figures are not kept with a fault of the past: then its name is all there is. */
const WITHOUT_FIGURES = /—/;

/** What is wrong; the kiln's own sentence for a fault that is newer than this page. */
export function faultSays(words: FaultWords, fault: FaultView, units: Units): string {
  if (!isKind(fault.kind)) return fault.message;
  const says = words.wrong[fault.kind](figuresOf(fault.params, units));
  return WITHOUT_FIGURES.test(says) ? `${words.name[fault.kind]}.` : says;
}

/** What to do; nothing for a fault that is newer than this page. */
export const faultAsks = (words: FaultWords, fault: FaultView): string | null =>
  isKind(fault.kind) ? words.act[fault.kind] : null;
