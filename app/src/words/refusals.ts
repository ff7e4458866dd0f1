/** Every no of the kiln, from its code and figures. */
import type { ErrorBody } from "../generated/wire";
import type { Units } from "../units/format";
import { type Figure, figuresOf } from "./figures";
import { table } from "./table";

export const refusalWords = table({
  en: {
    code: {
      // What the kiln is doing.
      busy: (_f: Figure) => "A firing or a tuning is going on.",
      not_running: (_f: Figure) => "No firing is going on.",
      not_tuning: (_f: Figure) => "No tuning is going on.",
      not_paused: (_f: Figure) => "The firing is not paused.",
      already_paused: (_f: Figure) => "The firing is paused already.",
      not_holding: (_f: Figure) => "There is no hold to renew.",
      no_error: (_f: Figure) => "There is no fault to clear.",
      latched: (_f: Figure) => "A fault is latched: see to it and clear it first.",
      cause_present: (_f: Figure) => "The cause of the fault is still there.",
      no_reading: (_f: Figure) => "There is no good temperature reading to start from.",
      out_of_range: (_f: Figure) => "A value is out of its range.",
      nothing_to_change: (_f: Figure) => "This step has nothing of the kind to change.",
      bad_time: (_f: Figure) => "The start lies in the past or too far ahead.",
      full: (_f: Figure) => "As many starts as can wait are scheduled.",
      clock_unknown: (_f: Figure) => "The kiln does not know the time of day yet.",
      too_hot: (_f: Figure) => "A temperature in it is above this kiln’s maximum.",
      self_test: (_f: Figure) => "The outputs have not yet proven that they are off.",
      kiln_too_hot: (_f: Figure) => "The kiln is too hot already for that.",
      settings_unknown: (_f: Figure) => "The controller has not been told its settings yet.",
      overtaken: (_f: Figure) => "A stop came before it could begin.",
      damaged: (_f: Figure) => "The request was damaged on its way: try again.",
      // What stands in the way.
      code_wrong: (_f: Figure) => "That is not the code the kiln shows.",
      code_not_shown: (_f: Figure) => "The kiln shows no code. Ask for one at the kiln first.",
      code_paused: (f: Figure) =>
        `Too many wrong codes. The kiln shows a new one in ${f("retry_after_s")} at the earliest.`,
      local_needed: (_f: Figure) => "Only somebody at the kiln may do this.",
      not_local: (_f: Figure) => "Only somebody at the kiln may do this.",
      token_missing: (_f: Figure) => "Pair this browser with the kiln first.",
      token_unknown: (_f: Figure) => "The kiln does not know this browser any more. Pair it again.",
      tokens_full: (f: Figure) =>
        `${f("limit")} apps are paired, and there is room for no more. Revoke one first.`,
      token_name_refused: (_f: Figure) => "This name is empty or too long.",
      no_such_profile: (_f: Figure) => "There is no profile of this name.",
      no_such_run: (_f: Figure) => "There is no such firing.",
      no_such_token: (_f: Figure) => "There is no such pairing.",
      no_such_command: (_f: Figure) => "The kiln does not remember that command.",
      no_such_path: (_f: Figure) => "This kiln does not offer that.",
      nothing_scheduled: (_f: Figure) => "No start is scheduled.",
      nothing_to_recover: (_f: Figure) => "No firing was cut off.",
      units_unknown: (_f: Figure) => "The file does not say whether it is in °C or °F.",
      stale: (_f: Figure) => "Something has changed since. Look again, then decide.",
      in_use: (_f: Figure) => "It is in use.",
      key_reused: (_f: Figure) => "This was sent for something else before.",
      stop_repeated: (_f: Figure) => "A stop was taken a moment ago.",
      too_many_requests: (_f: Figure) => "The kiln has too much to answer. Wait a moment.",
      control_silent: (_f: Figure) => "The control loop has not answered yet.",
      control_busy: (_f: Figure) => "The control loop has more to do than it can take. Try again.",
      storage_failed: (_f: Figure) => "The kiln’s memory could not be read or written.",
      storage_full: (_f: Figure) => "There is no room left in the kiln’s memory.",
      not_available: (_f: Figure) => "This kiln cannot do that now.",
      too_many_profiles: (_f: Figure) => "There is room for no more profiles. Delete one first.",
      newer_format: (_f: Figure) => "It was written by a newer program.",
      too_slow: (_f: Figure) => "The network was too slow. Try again.",
      body_too_large: (_f: Figure) => "It is longer than the kiln can take.",
      // What is wrong with a value.
      too_large: (_f: Figure) => "It is longer than the kiln can take.",
      missing: (_f: Figure) => "It is missing.",
      not_finite: (_f: Figure) => "This is not a number.",
      wrong_type: (_f: Figure) => "This is not the right kind of value.",
      unknown_key: (_f: Figure) => "The kiln does not know this.",
      not_a_choice: (f: Figure) => `It must be one of ${f("choices")}.`,
      not_one_of: (f: Figure) => `It must be one of ${f("choices")}.`,
      twice: (_f: Figure) => "It is in the list twice.",
      does_not_fit: (f: Figure) => `It does not go together with ${f("with")}.`,
      empty: (_f: Figure) => "It must not be empty.",
      too_many: (f: Figure) => `There may be ${f("most")} at most.`,
      text_too_long: (f: Figure) => `It is longer than ${f("most_bytes")}.`,
      control_character: (_f: Figure) => "It has a character in it that cannot be shown.",
      above_rate: (f: Figure) => `It must not be above the ramp’s own rate, ${f("rate_c_per_h")}.`,
      not_in_this_step: (_f: Figure) => "It has no meaning in this kind of step.",
      other_units: (_f: Figure) => "The file itself says other units.",
      invalid: (_f: Figure) => "It is not accepted.",
      syntax: (_f: Figure) => "This is not a file of the right kind.",
    },
    tooLow: (least: string) => `It must be at least ${least}.`,
    tooHigh: (most: string) => `It must be at most ${most}.`,
    at: (place: string, says: string) => `${place}: ${says}`,
    other: (code: string) => `The kiln refused it (${code}).`,
    noAnswer:
      "No answer from the kiln: nobody knows whether it was done. Look at the kiln’s state before you try again.",
    notUnderstood: "The answer could not be understood. Is this the kiln?",
  },
  fr: {
    code: {
      busy: () => "Une cuisson ou un réglage est en cours.",
      not_running: () => "Aucune cuisson n’est en cours.",
      not_tuning: () => "Aucun réglage n’est en cours.",
      not_paused: () => "La cuisson n’est pas en pause.",
      already_paused: () => "La cuisson est déjà en pause.",
      not_holding: () => "Il n’y a pas de maintien à renouveler.",
      no_error: () => "Il n’y a pas de défaut à effacer.",
      latched: () => "Un défaut est mémorisé : occupez-vous-en, puis effacez-le.",
      cause_present: () => "La cause du défaut est toujours là.",
      no_reading: () => "Pas de bonne mesure de température pour démarrer.",
      out_of_range: () => "Une valeur est hors limites.",
      nothing_to_change: () => "Ce palier n’a rien de tel à changer.",
      bad_time: () => "Le départ est dans le passé ou trop lointain.",
      full: () => "Autant de départs que possible sont déjà prévus.",
      clock_unknown: () => "Le four ne connaît pas encore l’heure.",
      too_hot: () => "Une température dépasse le maximum de ce four.",
      self_test: () => "Les sorties n’ont pas encore prouvé qu’elles sont coupées.",
      kiln_too_hot: () => "Le four est déjà trop chaud pour cela.",
      settings_unknown: () => "Le régulateur n’a pas encore reçu ses réglages.",
      overtaken: () => "Un arrêt est arrivé avant le début.",
      damaged: () => "La demande a été abîmée en chemin : réessayez.",
      code_wrong: () => "Ce n’est pas le code affiché par le four.",
      code_not_shown: () => "Le four n’affiche aucun code. Demandez-en un au four.",
      code_paused: (f) =>
        `Trop de codes faux. Le four en montrera un nouveau dans ${f("retry_after_s")} au plus tôt.`,
      local_needed: () => "Seule une personne près du four peut faire cela.",
      not_local: () => "Seule une personne près du four peut faire cela.",
      token_missing: () => "Associez d’abord ce navigateur au four.",
      token_unknown: () => "Le four ne connaît plus ce navigateur. Associez-le de nouveau.",
      tokens_full: (f) =>
        `${f("limit")} applications sont associées, il n’y a plus de place. Révoquez-en une.`,
      token_name_refused: () => "Ce nom est vide ou trop long.",
      no_such_profile: () => "Il n’y a pas de courbe de ce nom.",
      no_such_run: () => "Cette cuisson n’existe pas.",
      no_such_token: () => "Cette association n’existe pas.",
      no_such_command: () => "Le four ne se souvient pas de cette commande.",
      no_such_path: () => "Ce four ne propose pas cela.",
      nothing_scheduled: () => "Aucun départ n’est prévu.",
      nothing_to_recover: () => "Aucune cuisson n’a été interrompue.",
      units_unknown: () => "Le fichier ne dit pas s’il est en °C ou en °F.",
      stale: () => "Quelque chose a changé entre-temps. Regardez, puis décidez.",
      in_use: () => "C’est en cours d’utilisation.",
      key_reused: () => "Cela a déjà été envoyé pour autre chose.",
      stop_repeated: () => "Un arrêt vient d’être pris.",
      too_many_requests: () => "Le four a trop à répondre. Attendez un instant.",
      control_silent: () => "La régulation n’a pas encore répondu.",
      control_busy: () => "La régulation est débordée. Réessayez.",
      storage_failed: () => "La mémoire du four n’a pas pu être lue ou écrite.",
      storage_full: () => "Il n’y a plus de place dans la mémoire du four.",
      not_available: () => "Ce four ne peut pas faire cela maintenant.",
      too_many_profiles: () => "Il n’y a plus de place pour une courbe. Supprimez-en une.",
      newer_format: () => "Cela a été écrit par un programme plus récent.",
      too_slow: () => "Le réseau est trop lent. Réessayez.",
      body_too_large: () => "C’est trop long pour le four.",
      too_large: () => "C’est trop long pour le four.",
      missing: () => "Il manque.",
      not_finite: () => "Ce n’est pas un nombre.",
      wrong_type: () => "Ce n’est pas la bonne sorte de valeur.",
      unknown_key: () => "Le four ne connaît pas cela.",
      not_a_choice: (f) => `Il faut l’un de ces choix : ${f("choices")}.`,
      not_one_of: (f) => `Il faut l’un de ces choix : ${f("choices")}.`,
      twice: () => "C’est deux fois dans la liste.",
      does_not_fit: (f) => `Cela ne va pas avec ${f("with")}.`,
      empty: () => "Cela ne doit pas être vide.",
      too_many: (f) => `Il peut y en avoir ${f("most")} au plus.`,
      text_too_long: (f) => `C’est plus long que ${f("most_bytes")}.`,
      control_character: () => "Il contient un caractère qui ne s’affiche pas.",
      above_rate: (f) => `Cela ne doit pas dépasser la vitesse de la rampe, ${f("rate_c_per_h")}.`,
      not_in_this_step: () => "Cela n’a pas de sens dans ce palier.",
      other_units: () => "Le fichier indique d’autres unités.",
      invalid: () => "Ce n’est pas accepté.",
      syntax: () => "Ce n’est pas un fichier de la bonne sorte.",
    },
    tooLow: (least) => `Il faut au moins ${least}.`,
    tooHigh: (most) => `Il faut au plus ${most}.`,
    at: (place, says) => `${place} : ${says}`,
    other: (code) => `Le four a refusé (${code}).`,
    noAnswer:
      "Pas de réponse du four : personne ne sait si c’est fait. Regardez l’état du four avant de réessayer.",
    notUnderstood: "La réponse est incompréhensible. Est-ce bien le four ?",
  },
});

type Words = (typeof refusalWords)["en"];
type Code = keyof Words["code"];

const isCode = (code: string): code is Code => Object.hasOwn(refusalWords.en.code, code);

/** A refusal in the viewer's words; the kiln's own sentence for a code that is newer than this page. */
export function refusalSays(words: Words, error: ErrorBody, units: Units): string {
  const figure = figuresOf(error.params, units);
  const bound = (side: string) => Object.keys(error.params).find((name) => name.startsWith(side));
  const [least, most] = [bound("least"), bound("most")];
  let says: string;
  if (error.code === "too_low" && least) says = words.tooLow(figure(least));
  else if (error.code === "too_high" && most) says = words.tooHigh(figure(most));
  else if (isCode(error.code)) says = words.code[error.code](figure);
  else says = error.message || words.other(error.code);
  return error.field ? words.at(error.field, says) : says;
}
