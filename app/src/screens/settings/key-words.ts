/**
 * Every key of the configuration in the viewer's words. Typed by the kiln's own document: a key that is new there and
 * has no words here does not compile. A page that meets a newer kiln shows the kiln's own words.
 */
import type { ConfigPatch } from "../../generated/wire";
import { table } from "../../words/table";

type Group = Exclude<keyof ConfigPatch, "format">;
type Said = { label: string; help: string };
type KeyWords = { [G in Group]: { [K in keyof NonNullable<ConfigPatch[G]>]-?: Said } };

const en = {
  hardware: {
    relay_pins: { label: "Relay pins", help: "The pins of the heating relays, in the order they switch." },
    contactor_fitted: {
      label: "Safety contactor",
      help: "Whether a safety contactor is in series with the relays.",
    },
    second_thermocouple_fitted: {
      label: "Second thermocouple",
      help: "Whether there is a second thermocouple in the chamber.",
    },
    current_input_fitted: { label: "Current sensor", help: "Whether the current of the elements is sensed." },
    lid_switch_fitted: { label: "Lid switch", help: "Whether a switch knows if the lid is open." },
    emergency_stop_fitted: {
      label: "Emergency stop",
      help: "Whether there is an emergency-stop loop, normally closed.",
    },
    element_power_w: {
      label: "Element power",
      help: "The power of all elements together, for energy and cost; 0 where it is not known.",
    },
  },
  sensor: {
    chip: { label: "Thermocouple chip", help: "The chip that reads the thermocouple." },
    thermocouple_type: {
      label: "Thermocouple type",
      help: "The type of the thermocouple. A wrong one reads hundreds of degrees wrong.",
    },
    mains_hz: {
      label: "Mains frequency",
      help: "The frequency of the mains, whose hum the chip filters out.",
    },
    averaging: { label: "Averaging", help: "How many measurements the chip averages." },
    offset_k: {
      label: "Offset",
      help: "Added to every reading: what a comparison with a cone or a better thermometer showed.",
    },
    median_samples: {
      label: "Median samples",
      help: "How many of the newest samples the median is taken of.",
    },
  },
  control: {
    regulator: { label: "Regulator", help: "Who finds the duty." },
    kp: { label: "Proportional gain", help: "Proportional gain." },
    ki: { label: "Integral gain", help: "Integral gain." },
    kd: { label: "Derivative gain", help: "Derivative gain." },
    gain_growth_per_k: {
      label: "Gain growth",
      help: "How much the gains grow for each kelvin above gain_ambient_c; 0 keeps them the same.",
    },
    gain_ambient_c: {
      label: "Gain base temperature",
      help: "The temperature at which the gains are as set.",
    },
    window_s: {
      label: "Relay window",
      help: "The length of the relay window: a mechanical relay wants a long one.",
    },
    relay_stagger_s: {
      label: "Relay stagger",
      help: "How far each relay switches behind the one before it.",
    },
    start_at: { label: "First step", help: "The step a new firing begins with." },
    arrival_band_k: { label: "Arrival band", help: "How near counts as there." },
    waits: { label: "Clock waits", help: "Whether the schedule waits for a kiln that is behind." },
    wait_behind_k: {
      label: "Wait when behind by",
      help: "How far behind the kiln must be for the schedule to wait.",
    },
    wait_longest_min: { label: "Longest wait", help: "The longest wait in one step." },
    adapts_rates: {
      label: "Adapt rates",
      help: "Whether a ramp that is too fast for the kiln is slowed down.",
    },
    bank_c: {
      label: "Banking temperature",
      help: "Where a hold or a pause that nobody renews falls back to.",
    },
    bank_min: { label: "Banking time", help: "How long it stays there." },
    pause_longest_min: { label: "Longest pause", help: "The longest pause." },
  },
  safety: {
    max_temp_c: {
      label: "Maximum temperature",
      help: "The hottest this kiln may get: what its maker allows, with the furniture in it.",
    },
    stall_every_s: { label: "Stall check every", help: "How often it is judged whether the kiln climbs." },
    stall_fails: {
      label: "Fails below minimum rate",
      help: "How many judgements in a row end a firing below the minimum rate of its step.",
    },
    stall_fails_standing: { label: "Fails standing still", help: "How many end one that only stands still." },
    stall_grace_s: { label: "Grace time", help: "The time in a step before it counts." },
    stall_floor_c_per_h: {
      label: "Standing-still rate",
      help: "The rate below which a kiln counts as standing still.",
    },
    stall_band_k: {
      label: "Standing-still band",
      help: "How near to its target a kiln that stands still counts as there.",
    },
    rate_window_s: { label: "Rate window", help: "The time over which the rate is measured." },
    rate_every_s: { label: "Rate sample every", help: "How often the rate takes a temperature." },
    resume_longest_min: {
      label: "Resume: longest outage",
      help: "The longest outage after which a firing goes on without asking.",
    },
    resume_change_k: {
      label: "Resume: largest change",
      help: "The largest change of temperature over a known outage after which a firing goes on without asking.",
    },
    resume_unknown_change_k: {
      label: "Resume: change, outage unknown",
      help: "The same over an outage of unknown length.",
    },
  },
  network: {
    name: { label: "Network name", help: "The name it goes by: http://NAME.local." },
    wifi_ssid: { label: "Wi-Fi network", help: "The Wi-Fi network to join; empty for none." },
    wifi_password: {
      label: "Wi-Fi passphrase",
      help: "Its passphrase, 8 to 63 bytes; empty for an open network.",
    },
    static_ip: { label: "Fixed address", help: "A fixed address; all four or none." },
    static_subnet: { label: "Subnet mask", help: "The mask of the fixed address's network." },
    static_gateway: { label: "Router", help: "The router of the fixed address's network." },
    static_dns: { label: "Name server", help: "The name server of the fixed address's network." },
    http_port: { label: "Port", help: "The port of the page." },
    ntp_server: { label: "Time server", help: "Where the time of day comes from; empty for nowhere." },
    private: { label: "Private reading", help: "Whether reading needs pairing too." },
  },
  logging: {
    row_every_s: { label: "Log row every", help: "How often a firing writes a row." },
    level: { label: "Log level", help: "The least that is logged." },
    to_flash: { label: "Keep the log", help: "Whether the log is kept on the flash." },
  },
  display: {
    kiln_name: { label: "Name of the kiln", help: "What the owner calls the kiln." },
    temp_units: {
      label: "Unit on the display",
      help: "The unit on the kiln's own display; every viewer of the page has its own.",
    },
    currency: { label: "Currency", help: "The currency of costs, as €." },
    energy_price_per_kwh: { label: "Price of a kWh", help: "What a kilowatt-hour costs; 0 for no costs." },
    lcd_fitted: { label: "Display", help: "Whether there is a display." },
    lcd_address: { label: "Display address", help: "The address of the display on its bus." },
    lcd_hz: { label: "Display bus clock", help: "The clock of the display's bus." },
  },
} satisfies KeyWords;

const fr = {
  hardware: {
    relay_pins: {
      label: "Broches des relais",
      help: "Les broches des relais de chauffe, dans l’ordre où ils commutent.",
    },
    contactor_fitted: {
      label: "Contacteur de sécurité",
      help: "S’il y a un contacteur de sécurité en série avec les relais.",
    },
    second_thermocouple_fitted: {
      label: "Second thermocouple",
      help: "S’il y a un second thermocouple dans la chambre.",
    },
    current_input_fitted: { label: "Capteur de courant", help: "Si le courant des résistances est mesuré." },
    lid_switch_fitted: {
      label: "Contact de couvercle",
      help: "Si un contact sait que le couvercle est ouvert.",
    },
    emergency_stop_fitted: {
      label: "Arrêt d’urgence",
      help: "S’il y a une boucle d’arrêt d’urgence, normalement fermée.",
    },
    element_power_w: {
      label: "Puissance des résistances",
      help: "La puissance de toutes les résistances, pour l’énergie et le coût ; 0 si inconnue.",
    },
  },
  sensor: {
    chip: { label: "Puce du thermocouple", help: "La puce qui lit le thermocouple." },
    thermocouple_type: {
      label: "Type de thermocouple",
      help: "Le type du thermocouple. Un mauvais type lit faux de centaines de degrés.",
    },
    mains_hz: {
      label: "Fréquence du secteur",
      help: "La fréquence du secteur, dont la puce filtre le ronflement.",
    },
    averaging: { label: "Moyenne", help: "Combien de mesures la puce moyenne." },
    offset_k: {
      label: "Décalage",
      help: "Ajouté à chaque mesure : ce qu’une comparaison avec un cône ou un meilleur thermomètre a montré.",
    },
    median_samples: { label: "Médiane", help: "Sur combien des dernières mesures la médiane est prise." },
  },
  control: {
    regulator: { label: "Régulateur", help: "Qui trouve la puissance." },
    kp: { label: "Gain proportionnel", help: "Gain proportionnel." },
    ki: { label: "Gain intégral", help: "Gain intégral." },
    kd: { label: "Gain dérivé", help: "Gain dérivé." },
    gain_growth_per_k: {
      label: "Croissance des gains",
      help: "De combien les gains croissent par kelvin au-dessus de leur température de base ; 0 : constants.",
    },
    gain_ambient_c: { label: "Base des gains", help: "La température où les gains sont tels que réglés." },
    window_s: {
      label: "Fenêtre des relais",
      help: "La durée de la fenêtre ; un relais mécanique la veut longue.",
    },
    relay_stagger_s: {
      label: "Décalage des relais",
      help: "De combien chaque relais commute après le précédent.",
    },
    start_at: { label: "Première étape", help: "L’étape par laquelle une nouvelle cuisson commence." },
    arrival_band_k: { label: "Bande d’arrivée", help: "À quel écart une température compte comme atteinte." },
    waits: { label: "L’horloge attend", help: "Si l’horloge attend un four en retard." },
    wait_behind_k: {
      label: "Attendre à partir de",
      help: "De combien le four doit être en retard pour que l’horloge attende.",
    },
    wait_longest_min: { label: "Attente maximale", help: "La plus longue attente d’une étape." },
    adapts_rates: {
      label: "Adapter les vitesses",
      help: "Si une rampe trop rapide pour le four est ralentie.",
    },
    bank_c: {
      label: "Température de repli",
      help: "Où retombe un maintien ou une pause que personne ne renouvelle.",
    },
    bank_min: { label: "Durée du repli", help: "Combien de temps il y reste." },
    pause_longest_min: { label: "Pause maximale", help: "La plus longue pause." },
  },
  safety: {
    max_temp_c: {
      label: "Température maximale",
      help: "Le plus chaud que ce four puisse atteindre : ce que permet son fabricant, avec l’enfournement.",
    },
    stall_every_s: { label: "Contrôle d’arrêt tous les", help: "Tous les combien on juge si le four monte." },
    stall_fails: {
      label: "Échecs sous la vitesse minimale",
      help: "Combien de jugements de suite finissent une cuisson sous la vitesse minimale de son étape.",
    },
    stall_fails_standing: { label: "Échecs à l’arrêt", help: "Combien en finissent une qui n’avance plus." },
    stall_grace_s: { label: "Délai de grâce", help: "Le temps dans une étape avant que cela compte." },
    stall_floor_c_per_h: {
      label: "Vitesse d’arrêt",
      help: "La vitesse sous laquelle un four compte comme arrêté.",
    },
    stall_band_k: {
      label: "Bande d’arrêt",
      help: "À quel écart de sa consigne un four arrêté compte comme arrivé.",
    },
    rate_window_s: { label: "Fenêtre de vitesse", help: "La durée sur laquelle la vitesse est mesurée." },
    rate_every_s: {
      label: "Mesure de vitesse tous les",
      help: "Tous les combien la vitesse prend une température.",
    },
    resume_longest_min: {
      label: "Reprise : coupure maximale",
      help: "La plus longue coupure après laquelle une cuisson continue sans demander.",
    },
    resume_change_k: {
      label: "Reprise : écart maximal",
      help: "Le plus grand écart de température, coupure connue, après lequel elle continue sans demander.",
    },
    resume_unknown_change_k: {
      label: "Reprise : écart, coupure inconnue",
      help: "La même chose après une coupure de durée inconnue.",
    },
  },
  network: {
    name: { label: "Nom sur le réseau", help: "Le nom sous lequel on le trouve : http://NOM.local." },
    wifi_ssid: { label: "Réseau Wi-Fi", help: "Le réseau à rejoindre ; vide : aucun." },
    wifi_password: {
      label: "Mot de passe Wi-Fi",
      help: "Son mot de passe, 8 à 63 caractères ; vide pour un réseau ouvert.",
    },
    static_ip: { label: "Adresse fixe", help: "Une adresse fixe ; les quatre ou aucune." },
    static_subnet: { label: "Masque", help: "Le masque du réseau de l’adresse fixe." },
    static_gateway: { label: "Routeur", help: "Le routeur du réseau de l’adresse fixe." },
    static_dns: { label: "Serveur de noms", help: "Le serveur de noms de l’adresse fixe." },
    http_port: { label: "Port", help: "Le port de la page." },
    ntp_server: { label: "Serveur de temps", help: "D’où vient l’heure ; vide : de nulle part." },
    private: { label: "Lecture privée", help: "Si lire demande aussi une association." },
  },
  logging: {
    row_every_s: { label: "Ligne tous les", help: "Tous les combien une cuisson écrit une ligne." },
    level: { label: "Niveau du journal", help: "Le moindre niveau noté." },
    to_flash: { label: "Garder le journal", help: "Si le journal est gardé en mémoire." },
  },
  display: {
    kiln_name: { label: "Nom du four", help: "Comment son propriétaire l’appelle." },
    temp_units: {
      label: "Unité de l’afficheur",
      help: "L’unité de l’afficheur du four ; chaque page a la sienne.",
    },
    currency: { label: "Monnaie", help: "La monnaie des coûts, comme €." },
    energy_price_per_kwh: { label: "Prix du kWh", help: "Ce que coûte un kilowattheure ; 0 : pas de coûts." },
    lcd_fitted: { label: "Afficheur", help: "S’il y a un afficheur." },
    lcd_address: { label: "Adresse de l’afficheur", help: "L’adresse de l’afficheur sur son bus." },
    lcd_hz: { label: "Horloge de l’afficheur", help: "L’horloge du bus de l’afficheur." },
  },
} satisfies KeyWords;

export const keyWords = table({ en, fr });
