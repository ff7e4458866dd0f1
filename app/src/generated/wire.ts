// Written by `cargo xtask docs` from crates/kiln-wire; change it there.

export type AdjustRequest = { 
/**
 * Longer by so many minutes; shorter when negative.
 */
add_minutes?: number | null, 
/**
 * Hotter by so many Celsius degrees; cooler when negative.
 */
add_degrees_c?: number | null, 
/**
 * The id of the firing it is meant for; with another one running, nothing happens.
 */
expect_run?: string | null, };

/**
 * When a change takes effect.
 */
export type Applies = "now" | "next_firing" | "restart";

/**
 * A key that has changed, and when it takes effect.
 */
export type Changed = { 
/**
 * The group of the key.
 */
group: string, 
/**
 * Its name in the group.
 */
name: string, 
/**
 * When it takes effect.
 */
applies: Applies, };

/**
 * Both clocks.
 */
export type ClockView = { 
/**
 * The time of day in epoch milliseconds; null while it is not known.
 */
wall_ms: number | null, 
/**
 * Whether it comes from a time server, or was told by hand.
 */
synced: boolean, 
/**
 * The clock of control, plant and log, in milliseconds since its start. In the simulator it runs faster.
 */
control_ms: number, 
/**
 * The clock of network and pairing, in milliseconds since its start.
 */
real_ms: number, };

/**
 * What became of a command.
 */
export type CommandAnswer = { 
/**
 * The id of the command, for `GET /api/commands/{id}`.
 */
id: number, 
/**
 * Whether control has carried it out.
 */
state: CommandState, 
/**
 * Why it was not carried out.
 */
error?: ErrorBody, };

/**
 * A command and what became of it.
 */
export type CommandBrief = { 
/**
 * Its id.
 */
id: number, 
/**
 * What became of it.
 */
state: CommandState, 
/**
 * The code of the refusal; null when it was carried out.
 */
code: string | null, };

/**
 * How far a command has come.
 */
export type CommandState = "pending" | "done" | "refused";

/**
 * How far the heat work of the firing has come, in cones.
 */
export type ConeView = { 
/**
 * The hardest cone that has fallen with all the softer ones, as `04`.
 */
reached: string, 
/**
 * The share of the way to the next one.
 */
beyond_percent: number, 
/**
 * The next harder one; null past the hardest.
 */
next: string | null, 
/**
 * Whether it is an estimate: the figures of the cone were not verified, or the firing is beyond their rates.
 */
estimate: boolean, };

export type Config = {
format: number,
revision: number,
hardware: {
/**
 * The pins of the heating relays, in the order they switch.
 */
relay_pins: Array<number>,
/**
 * Whether a safety contactor is in series with the relays.
 */
contactor_fitted: boolean,
/**
 * Whether there is a second thermocouple in the chamber.
 */
second_thermocouple_fitted: boolean,
/**
 * Whether the current of the elements is sensed.
 */
current_input_fitted: boolean,
/**
 * Whether a switch knows if the lid is open.
 */
lid_switch_fitted: boolean,
/**
 * Whether there is an emergency-stop loop, normally closed.
 */
emergency_stop_fitted: boolean,
/**
 * The power of all elements together, for energy and cost; 0 where it is not known.
 */
element_power_w: number,
},
sensor: {
/**
 * The chip that reads the thermocouple.
 */
chip: "max31856" | "max31855" | "max6675",
/**
 * The type of the thermocouple. A wrong one reads hundreds of degrees wrong.
 */
thermocouple_type: "B" | "E" | "J" | "K" | "N" | "R" | "S" | "T",
/**
 * The frequency of the mains, whose hum the chip filters out.
 */
mains_hz: 50 | 60,
/**
 * How many measurements the chip averages.
 */
averaging: 1 | 2 | 4 | 8 | 16,
/**
 * Added to every reading: what a comparison with a cone or a better thermometer showed.
 */
offset_k: number,
/**
 * How many of the newest samples the median is taken of.
 */
median_samples: number,
},
control: {
/**
 * Who finds the duty.
 */
regulator: "adaptive" | "pid",
/**
 * Proportional gain.
 */
kp: number,
/**
 * Integral gain.
 */
ki: number,
/**
 * Derivative gain.
 */
kd: number,
/**
 * How much the gains grow for each kelvin above `gain_ambient_c`; 0 keeps them the same.
 */
gain_growth_per_k: number,
/**
 * The temperature at which the gains are as set.
 */
gain_ambient_c: number,
/**
 * The length of the relay window: a mechanical relay wants a long one.
 */
window_s: number,
/**
 * How far each relay switches behind the one before it.
 */
relay_stagger_s: number,
/**
 * The step a new firing begins with.
 */
start_at: "first_step" | "first_unreached",
/**
 * How near counts as there.
 */
arrival_band_k: number,
/**
 * Whether the schedule waits for a kiln that is behind.
 */
waits: boolean,
/**
 * How far behind the kiln must be for the schedule to wait.
 */
wait_behind_k: number,
/**
 * The longest wait in one step.
 */
wait_longest_min: number,
/**
 * Whether a ramp that is too fast for the kiln is slowed down.
 */
adapts_rates: boolean,
/**
 * Where a hold or a pause that nobody renews falls back to.
 */
bank_c: number,
/**
 * How long it stays there.
 */
bank_min: number,
/**
 * The longest pause.
 */
pause_longest_min: number,
},
safety: {
/**
 * The hottest this kiln may get: what its maker allows, with the furniture in it.
 */
max_temp_c: number,
/**
 * How often it is judged whether the kiln climbs.
 */
stall_every_s: number,
/**
 * How many judgements in a row end a firing below the minimum rate of its step.
 */
stall_fails: number,
/**
 * How many end one that only stands still.
 */
stall_fails_standing: number,
/**
 * The time in a step before it counts.
 */
stall_grace_s: number,
/**
 * The rate below which a kiln counts as standing still.
 */
stall_floor_c_per_h: number,
/**
 * How near to its target a kiln that stands still counts as there.
 */
stall_band_k: number,
/**
 * The time over which the rate is measured.
 */
rate_window_s: number,
/**
 * How often the rate takes a temperature.
 */
rate_every_s: number,
/**
 * The longest outage after which a firing goes on without asking.
 */
resume_longest_min: number,
/**
 * The largest change of temperature over a known outage after which a firing goes on without asking.
 */
resume_change_k: number,
/**
 * The same over an outage of unknown length.
 */
resume_unknown_change_k: number,
},
network: {
/**
 * The name it goes by: `http://NAME.local`.
 */
name: string,
/**
 * The Wi-Fi network to join; empty for none.
 */
wifi_ssid: string,
/**
 * A fixed address; all four or none.
 */
static_ip: string | null,
/**
 * The mask of the fixed address's network.
 */
static_subnet: string | null,
/**
 * The router of the fixed address's network.
 */
static_gateway: string | null,
/**
 * The name server of the fixed address's network.
 */
static_dns: string | null,
/**
 * The port of the page.
 */
http_port: number,
/**
 * Where the time of day comes from; empty for nowhere.
 */
ntp_server: string,
/**
 * Whether reading needs pairing too.
 */
private: boolean,
},
logging: {
/**
 * How often a firing writes a row.
 */
row_every_s: number,
/**
 * The least that is logged.
 */
level: "off" | "error" | "warn" | "info" | "debug",
/**
 * Whether the log is kept on the flash.
 */
to_flash: boolean,
},
display: {
/**
 * What the owner calls the kiln.
 */
kiln_name: string,
/**
 * The unit on the kiln's own display; every viewer of the page has its own.
 */
temp_units: "c" | "f",
/**
 * The currency of costs, as `€`.
 */
currency: string,
/**
 * What a kilowatt-hour costs; 0 for no costs.
 */
energy_price_per_kwh: number,
/**
 * Whether there is a display.
 */
lcd_fitted: boolean,
/**
 * The address of the display on its bus.
 */
lcd_address: number,
/**
 * The clock of the display's bus.
 */
lcd_hz: number,
},
wifi_password_set: boolean,
};

export type ConfigPatch = {
format?: number,
hardware?: {
/**
 * The pins of the heating relays, in the order they switch.
 */
relay_pins?: Array<number>,
/**
 * Whether a safety contactor is in series with the relays.
 */
contactor_fitted?: boolean,
/**
 * Whether there is a second thermocouple in the chamber.
 */
second_thermocouple_fitted?: boolean,
/**
 * Whether the current of the elements is sensed.
 */
current_input_fitted?: boolean,
/**
 * Whether a switch knows if the lid is open.
 */
lid_switch_fitted?: boolean,
/**
 * Whether there is an emergency-stop loop, normally closed.
 */
emergency_stop_fitted?: boolean,
/**
 * The power of all elements together, for energy and cost; 0 where it is not known.
 */
element_power_w?: number,
},
sensor?: {
/**
 * The chip that reads the thermocouple.
 */
chip?: "max31856" | "max31855" | "max6675",
/**
 * The type of the thermocouple. A wrong one reads hundreds of degrees wrong.
 */
thermocouple_type?: "B" | "E" | "J" | "K" | "N" | "R" | "S" | "T",
/**
 * The frequency of the mains, whose hum the chip filters out.
 */
mains_hz?: 50 | 60,
/**
 * How many measurements the chip averages.
 */
averaging?: 1 | 2 | 4 | 8 | 16,
/**
 * Added to every reading: what a comparison with a cone or a better thermometer showed.
 */
offset_k?: number,
/**
 * How many of the newest samples the median is taken of.
 */
median_samples?: number,
},
control?: {
/**
 * Who finds the duty.
 */
regulator?: "adaptive" | "pid",
/**
 * Proportional gain.
 */
kp?: number,
/**
 * Integral gain.
 */
ki?: number,
/**
 * Derivative gain.
 */
kd?: number,
/**
 * How much the gains grow for each kelvin above `gain_ambient_c`; 0 keeps them the same.
 */
gain_growth_per_k?: number,
/**
 * The temperature at which the gains are as set.
 */
gain_ambient_c?: number,
/**
 * The length of the relay window: a mechanical relay wants a long one.
 */
window_s?: number,
/**
 * How far each relay switches behind the one before it.
 */
relay_stagger_s?: number,
/**
 * The step a new firing begins with.
 */
start_at?: "first_step" | "first_unreached",
/**
 * How near counts as there.
 */
arrival_band_k?: number,
/**
 * Whether the schedule waits for a kiln that is behind.
 */
waits?: boolean,
/**
 * How far behind the kiln must be for the schedule to wait.
 */
wait_behind_k?: number,
/**
 * The longest wait in one step.
 */
wait_longest_min?: number,
/**
 * Whether a ramp that is too fast for the kiln is slowed down.
 */
adapts_rates?: boolean,
/**
 * Where a hold or a pause that nobody renews falls back to.
 */
bank_c?: number,
/**
 * How long it stays there.
 */
bank_min?: number,
/**
 * The longest pause.
 */
pause_longest_min?: number,
},
safety?: {
/**
 * The hottest this kiln may get: what its maker allows, with the furniture in it.
 */
max_temp_c?: number,
/**
 * How often it is judged whether the kiln climbs.
 */
stall_every_s?: number,
/**
 * How many judgements in a row end a firing below the minimum rate of its step.
 */
stall_fails?: number,
/**
 * How many end one that only stands still.
 */
stall_fails_standing?: number,
/**
 * The time in a step before it counts.
 */
stall_grace_s?: number,
/**
 * The rate below which a kiln counts as standing still.
 */
stall_floor_c_per_h?: number,
/**
 * How near to its target a kiln that stands still counts as there.
 */
stall_band_k?: number,
/**
 * The time over which the rate is measured.
 */
rate_window_s?: number,
/**
 * How often the rate takes a temperature.
 */
rate_every_s?: number,
/**
 * The longest outage after which a firing goes on without asking.
 */
resume_longest_min?: number,
/**
 * The largest change of temperature over a known outage after which a firing goes on without asking.
 */
resume_change_k?: number,
/**
 * The same over an outage of unknown length.
 */
resume_unknown_change_k?: number,
},
network?: {
/**
 * The name it goes by: `http://NAME.local`.
 */
name?: string,
/**
 * The Wi-Fi network to join; empty for none.
 */
wifi_ssid?: string,
/**
 * Its passphrase, 8 to 63 bytes; empty for an open network.
 */
wifi_password?: string,
/**
 * A fixed address; all four or none.
 */
static_ip?: string | null,
/**
 * The mask of the fixed address's network.
 */
static_subnet?: string | null,
/**
 * The router of the fixed address's network.
 */
static_gateway?: string | null,
/**
 * The name server of the fixed address's network.
 */
static_dns?: string | null,
/**
 * The port of the page.
 */
http_port?: number,
/**
 * Where the time of day comes from; empty for nowhere.
 */
ntp_server?: string,
/**
 * Whether reading needs pairing too.
 */
private?: boolean,
},
logging?: {
/**
 * How often a firing writes a row.
 */
row_every_s?: number,
/**
 * The least that is logged.
 */
level?: "off" | "error" | "warn" | "info" | "debug",
/**
 * Whether the log is kept on the flash.
 */
to_flash?: boolean,
},
display?: {
/**
 * What the owner calls the kiln.
 */
kiln_name?: string,
/**
 * The unit on the kiln's own display; every viewer of the page has its own.
 */
temp_units?: "c" | "f",
/**
 * The currency of costs, as `€`.
 */
currency?: string,
/**
 * What a kilowatt-hour costs; 0 for no costs.
 */
energy_price_per_kwh?: number,
/**
 * Whether there is a display.
 */
lcd_fitted?: boolean,
/**
 * The address of the display on its bus.
 */
lcd_address?: number,
/**
 * The clock of the display's bus.
 */
lcd_hz?: number,
},
};

/**
 * The answer to a change.
 */
export type ConfigSaved = { 
/**
 * Counts the changes; control takes settings by it.
 */
revision: number, 
/**
 * What changed, and when each takes effect.
 */
changed: Array<Changed>, };

export type ConfigSchema = {
format: number,
keys: Array<{
group: string, name: string, kind: string, least?: number, most?: number, choices?: Array<string | number>, most_bytes?: number, most_pins?: number, unit: string, delivered: unknown, applies: Applies, local: boolean, secret: boolean, help: string,
}>,
};

/**
 * How the control loop is.
 */
export type ControlView = { 
/**
 * How old its newest word is.
 */
age_s: number, 
/**
 * Whether that is too old: what is shown may be past.
 */
silent: boolean, 
/**
 * The revision of the settings in force; null where they were not published by the application.
 */
settings_revision: number | null, 
/**
 * The revision that waits for the end of the firing; null when none does.
 */
settings_waiting: number | null, 
/**
 * The revision that control refused; null when it refused none.
 */
settings_refused: number | null, };

/**
 * One of the two cores.
 */
export type CoreWord = "application" | "control";

/**
 * How a core ended before this start.
 */
export type CrashView = { 
/**
 * Which core.
 */
core: CoreWord, 
/**
 * What it was.
 */
kind: CrashWord, 
/**
 * The end of the source file's name; empty where it is not known.
 */
file: string, 
/**
 * The line in it.
 */
line: number, 
/**
 * The program counter; 0 where it is not known.
 */
pc: number, 
/**
 * The processor's status word of the fault (CFSR).
 */
status: number, 
/**
 * How long the core had run.
 */
uptime_s: number, };

/**
 * How a core ended.
 */
export type CrashWord = "panic" | "fault" | "stack_overflow" | "code_damaged" | "value_damaged" | "hardware";

/**
 * `GET /api/diag`.
 */
export type Diag = { 
/**
 * How long the controller has been up, on the clock of control.
 */
uptime_s: number, 
/**
 * Why it started, and what came before.
 */
resets: ResetsView, 
/**
 * How each core ended before this start, where it did and that is still known.
 */
crashes: Array<CrashView>, 
/**
 * The first faults of the firing, with what was seen when they appeared.
 */
evidence: Array<EvidenceView>, 
/**
 * How many faults there were in all.
 */
faults_total: number, 
/**
 * The last fault that latched, in this start of the controller or an earlier one.
 */
last_fault: LastFaultView | null, 
/**
 * Why the stored configuration is not in force; null when it is. Without it the kiln does not heat.
 */
config_trouble: ErrorBody | null, 
/**
 * The flash.
 */
storage: StorageView, 
/**
 * The memory; null where it is not measured.
 */
memory: MemoryView | null, 
/**
 * How strong the Wi-Fi signal is.
 */
signal_dbm: number | null, 
/**
 * Rows that could not be kept for lack of room.
 */
rows_lost: number, 
/**
 * Requests that were turned away since the start: wrong host, origin or token, too many at once.
 */
requests_refused: number, };

/**
 * How a firing ended.
 */
export type EndWord = "running" | "completed" | "stopped" | "fault" | "interrupted";

/**
 * What is answered when a request is not carried out.
 */
export type ErrorAnswer = { 
/**
 * What is wrong.
 */
error: ErrorBody, };

/**
 * What is wrong with a request.
 */
export type ErrorBody = { 
/**
 * The stable code.
 */
code: string, 
/**
 * The plain English of it.
 */
message: string, 
/**
 * The place in the document, as `steps[3].target_temp`.
 */
field?: string, 
/**
 * The figures, under names that carry their units.
 */
params: Record<string, number | string | Array<string> | Array<number>>, };

/**
 * Something that happened.
 */
export type EventView = { 
/**
 * Its number; a reader that has missed some sees a gap.
 */
number: number, 
/**
 * When, on the clock of control.
 */
control_ms: number, 
/**
 * When, in epoch milliseconds; null while the time of day was not known.
 */
at_ms: number | null, 
/**
 * What.
 */
what: EventWord, 
/**
 * The fault that appeared; null for other events.
 */
fault: string | null, 
/**
 * The figures that go with it, under names that carry their units.
 */
params: Record<string, number | string | Array<string> | Array<number>>, };

/**
 * What happened.
 */
export type EventWord = "started" | "resumed" | "step_entered" | "hold_reached" | "cone_fallen" | "cone_gave_up" | "fell_behind" | "regulator_fell_back" | "rate_adapted" | "stall_advanced" | "reheated" | "banked" | "paused" | "unpaused" | "skipped" | "changed" | "completed" | "stopped" | "tuning_started" | "tuning_completed" | "start_missed" | "start_refused" | "faulted" | "recovered" | "cleared";

/**
 * A fault and what was seen with it.
 */
export type EvidenceView = { 
/**
 * The fault.
 */
fault: FaultView, 
/**
 * When, on the clock of control.
 */
control_ms: number, 
/**
 * The temperature.
 */
temp_c: number | null, 
/**
 * The newest sample before any filter.
 */
raw_c: number | null, 
/**
 * The temperature of the thermocouple's terminals.
 */
terminals_c: number | null, 
/**
 * The temperature asked for.
 */
target_c: number | null, 
/**
 * The power asked for.
 */
output_percent: number, 
/**
 * Whether a relay was energised, as seen at its pin.
 */
relay_on: boolean, 
/**
 * The schedule clock; null without a firing.
 */
elapsed_s: number | null, };

export type ExpectRequest = { 
/**
 * The id of the firing it is meant for; with another one running, nothing happens.
 */
expect_run?: string | null, };

export type FactoryResetRequest = { 
/**
 * `forget everything`
 */
confirm: FactoryResetWord, };

export type FactoryResetWord = "forget everything";

/**
 * What a [`FaultView`] is written as.
 */
export type FaultView = { 
/**
 * The code people quote, as `K-05`; never given to another cause.
 */
code: string, 
/**
 * What is wrong, in a word of the interface.
 */
kind: string, 
/**
 * How bad it is.
 */
severity: SeverityWord, 
/**
 * The plain English of it.
 */
message: string, 
/**
 * The figures that show it, under names that carry their units.
 */
params: Record<string, number | string | Array<string> | Array<number>>, };

/**
 * What only some kilns have.
 */
export type FittedView = { 
/**
 * A safety contactor in series with the relays.
 */
contactor: boolean, 
/**
 * A second thermocouple in the chamber.
 */
second_thermocouple: boolean, 
/**
 * A sensor of the elements' current.
 */
current: boolean, 
/**
 * A switch that knows whether the lid is open.
 */
lid: boolean, 
/**
 * An emergency-stop loop.
 */
emergency_stop: boolean, 
/**
 * A display.
 */
display: boolean, };

/**
 * `GET /api/history`: the whole running or last firing, thinned so that peaks are kept.
 */
export type History = { 
/**
 * The id of the firing; null without one.
 */
run: string | null, 
/**
 * When it began, in epoch milliseconds; null where the time of day is not known.
 */
started_ms: number | null, 
/**
 * The time that two points stand for.
 */
every_s: number, 
/**
 * Up to where rows of its log are safe on the flash.
 */
logged_until_s: number | null, 
/**
 * At most 2000, oldest first.
 */
points: Array<Point>, };

export type HoldRequest = { 
/**
 * The temperature; left out when the running hold is renewed.
 */
target_c?: number | null, 
/**
 * How fast to get there: °C/h, or `full` for as fast as the kiln can; 100 °C/h when left out.
 */
rate_c_per_h?: number | "full" | null, 
/**
 * How long to stay.
 */
minutes?: number | null, 
/**
 * Start the time of the running hold anew; nothing else may be given.
 */
renew?: boolean | null, };

/**
 * `POST /api/config/import`.
 */
export type ImportAnswer = { 
/**
 * Counts the changes; control takes settings by it.
 */
revision: number, 
/**
 * What changed, and when each takes effect.
 */
changed: Array<Changed>, 
/**
 * The keys of the file that become nothing here, each with the reason.
 */
aside: Record<string, string>, };

/**
 * `GET /api/info`.
 */
export type Info = { 
/**
 * `pico-kiln`
 */
product: string, 
/**
 * The version of the software.
 */
version: string, 
/**
 * The board, or `simulator`.
 */
board: string, 
/**
 * Whether no real kiln hangs on it.
 */
simulated: boolean, 
/**
 * The name its owner gave the kiln.
 */
name: string, 
/**
 * The version of this interface; a new one means that something known here has changed its meaning.
 */
api: number, 
/**
 * How often it has been started.
 */
boot: number, 
/**
 * The optional inputs: what is not fitted is stated.
 */
fitted: FittedView, 
/**
 * The limits that no setting moves.
 */
limits: LimitsView, 
/**
 * The hottest this kiln may be asked to get.
 */
max_temp_c: number, 
/**
 * The currency of costs.
 */
currency: string, };

/**
 * A fault that is kept for after a reset.
 */
export type LastFaultView = { 
/**
 * The fault; its figures are not kept.
 */
fault: FaultView, 
/**
 * When it latched; null when the time was not known.
 */
at_ms: number | null, };

/**
 * The product's state document.
 */
export type LegacyState = { 
/**
 * Unix time in seconds; null while the time of day is not known.
 */
timestamp: number | null, 
/**
 * `IDLE`, `RUNNING`, `TUNING`, `COMPLETE` or `ERROR`.
 */
state: string, 
/**
 * °C.
 */
current_temp: number | null, 
/**
 * °C; 0 when nothing is asked for.
 */
target_temp: number, 
/**
 * The power asked for, percent.
 */
ssr_output: number, 
/**
 * Whether any heating relay is energised, as seen at its pin.
 */
ssr_is_on: boolean, 
/**
 * The power that the running relay window serves, percent.
 */
ssr_duty_cycle: number, 
/**
 * The schedule clock of a firing, seconds; the time in the step of a tuning run.
 */
elapsed: number, 
/**
 * Nominal time left, seconds.
 */
remaining: number, 
/**
 * How much is done, percent.
 */
progress: number, 
/**
 * The name of the profile; null without a firing.
 */
profile_name: string | null, 
/**
 * What the latched fault means; null without one.
 */
error: string | null, 
/**
 * The regulator; null at rest.
 */
pid_stats: PidStats | null, };

/**
 * Limits that no setting moves.
 */
export type LimitsView = { 
/**
 * The hottest a kiln may ever be set to.
 */
ceiling_c: number, 
/**
 * The most steps in a profile.
 */
steps_most: number, 
/**
 * The slowest ramp.
 */
rate_slowest_c_per_h: number, 
/**
 * The fastest ramp that can be named.
 */
rate_fastest_c_per_h: number, 
/**
 * The longest hold in one step.
 */
hold_longest_s: number, 
/**
 * The longest manual hold that nobody renews.
 */
manual_hold_longest_s: number, 
/**
 * The largest change of a running step's target.
 */
adjust_most_k: number, 
/**
 * The most starts that can wait.
 */
scheduled_most: number, };

/**
 * The memory.
 */
export type MemoryView = { 
/**
 * What is used by statics.
 */
static_bytes: number, 
/**
 * The most the application's stack has been used.
 */
stack_most_bytes: number, 
/**
 * How large that stack is.
 */
stack_bytes: number, };

/**
 * How the kiln can be reached.
 */
export type NetworkView = { 
/**
 * How far Wi-Fi has come.
 */
wifi: WifiState, 
/**
 * The network it is in, or tries to be in.
 */
ssid: string | null, 
/**
 * Its address there, as `192.168.1.20`.
 */
address: string | null, 
/**
 * The name it goes by, without `.local`.
 */
name: string, 
/**
 * How strong the signal is; null without one.
 */
signal_dbm: number | null, 
/**
 * Whether the set-up network is open.
 */
setup_network: boolean, 
/**
 * Whether a computer is attached by USB.
 */
usb: boolean, };

/**
 * The answer to a pairing: the only time a token is told.
 */
export type PairAnswer = { 
/**
 * The token, for `Authorization: Bearer …`.
 */
token: string, 
/**
 * Its id, to revoke it by.
 */
id: number, 
/**
 * Its name.
 */
name: string, };

export type PairRequest = { 
/**
 * The six digits.
 */
code: string, 
/**
 * What the token is to be called, so that it can be told from the others.
 */
name: string, };

/**
 * The regulator's latest answer.
 */
export type PidStats = { 
/**
 * Target less temperature, °C.
 */
error: number, 
/**
 * Proportional part, percent.
 */
p: number, 
/**
 * Integral part, percent.
 */
i: number, 
/**
 * Derivative part, percent.
 */
d: number, 
/**
 * The accumulated error, °C·s.
 */
integral: number, 
/**
 * The sum held to 0 to 100, percent.
 */
output: number, 
/**
 * Time since the answer before, seconds.
 */
dt: number, };

/**
 * The parts of the regulator's latest answer.
 */
export type PidView = { 
/**
 * Target less temperature.
 */
error_k: number, 
/**
 * Proportional part.
 */
p_percent: number, 
/**
 * Integral part.
 */
i_percent: number, 
/**
 * Derivative part.
 */
d_percent: number, 
/**
 * The sum, held to 0 to 100.
 */
output_percent: number, 
/**
 * The accumulated error.
 */
integral_k_s: number, 
/**
 * Whether the integral stood still because the output was at a limit already.
 */
frozen: boolean, };

/**
 * One point: `[elapsed_s, temp_c, target_c, output_percent]`; what is not known is null. Where it is known whether the
 * schedule clock stood still, a fifth figure says so: 1 or 0.
 */
export type Point = [number, number | null, number | null, number, (0 | 1)?];

/**
 * A profile document. `S` is its list of steps: the place to read it from, or what to write.
 */
export type Profile = { 
/**
 * The format of the document.
 */
format: number, 
/**
 * The name of the profile.
 */
name: string, 
/**
 * What its author says about it.
 */
description?: string, 
/**
 * The unit of every temperature and rate in it.
 */
temp_units: TempUnits, 
/**
 * The steps, in order.
 */
steps: Array<ProfileStep>, };

/**
 * A stored profile.
 */
export type ProfileEntry = { 
/**
 * Its name, which is its place under `/api/profiles/`.
 */
name: string, 
/**
 * What it is known by: changes when it does.
 */
etag: string, 
/**
 * How many steps it has; null where what is stored cannot be read.
 */
steps: number | null, 
/**
 * The hottest target.
 */
peak_c: number | null, 
/**
 * How long it takes a kiln that keeps up.
 */
nominal_s: number | null, 
/**
 * Why what is stored cannot be read: the code of the refusal.
 */
refused: string | null, 
/**
 * The size of the document.
 */
bytes: number, };

/**
 * `GET /api/profiles`.
 */
export type ProfileList = { 
/**
 * The profiles, by name.
 */
profiles: Array<ProfileEntry>, };

/**
 * The answer to a profile that was stored.
 */
export type ProfileSaved = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it is known by from here on.
 */
etag: string, 
/**
 * Whether there was none of this name before.
 */
created: boolean, };

/**
 * One step of a document: every key a step of any type may have.
 */
export type ProfileStep = { 
/**
 * What the step does.
 */
type: StepType, 
/**
 * The temperature to reach or hold.
 */
target_temp?: number, 
/**
 * How fast a ramp goes, degrees an hour or `"full"`.
 */
desired_rate?: number | "full", 
/**
 * The rate below which a ramp is not worth going on with, degrees an hour.
 */
min_rate?: number, 
/**
 * How long a hold lasts, in seconds.
 */
duration?: number, 
/**
 * The cone that ends a hold by falling.
 */
until_cone?: string, 
/**
 * How long a hold for a cone lasts at the longest, in seconds.
 */
longest_s?: number, };

/**
 * What becomes of a firing that was cut off.
 */
export type RecoveryAction = "resume" | "discard";

/**
 * `GET /api/recovery`.
 */
export type RecoveryAnswer = { 
/**
 * The firing that was cut off and waits for an answer; null when none does.
 */
recovery: RecoveryView | null, };

export type RecoveryRequest = { 
/**
 * What becomes of it.
 */
action: RecoveryAction, };

/**
 * A firing that was cut off.
 */
export type RecoveryView = { 
/**
 * The id of its record.
 */
id: string, 
/**
 * The name of the profile.
 */
profile: string, 
/**
 * Why it does not go on by itself: `too_long`, `too_far`, `no_such_step`, `hold_unknown`, `heat_work_unknown`,
 * `too_often` or `unreadable`.
 */
doubt: string, 
/**
 * The last temperature logged.
 */
was_c: number | null, 
/**
 * The temperature found.
 */
found_c: number | null, 
/**
 * How long the controller was away, if it is known.
 */
away_s: number | null, 
/**
 * Whether it could still go on if somebody says so.
 */
can_resume: boolean, };

export type ReferenceConfig = Record<string, unknown>;

/**
 * Why the controller started.
 */
export type ResetWord = "power" | "application" | "control" | "asked";

/**
 * Why the controller started, and what came before.
 */
export type ResetsView = { 
/**
 * Why it started this time.
 */
cause: ResetWord, 
/**
 * Whether a firing that a reset had cut off went on at once.
 */
went_on: boolean, 
/**
 * Resets in the firing under way that the application caused.
 */
application: number, 
/**
 * Resets in the last half hour that the control loop caused; three latch the heat off.
 */
control: number, 
/**
 * Whether it came up without radio and files.
 */
minimal: boolean, };

/**
 * A firing or tuning run.
 */
export type RunEntry = { 
/**
 * Its id, which is its place under `/api/runs/`.
 */
id: string, 
/**
 * The name of the profile; null for a tuning run.
 */
profile: string | null, 
/**
 * When it began, in epoch milliseconds; null where the time of day was not known.
 */
started_ms: number | null, 
/**
 * When it ended; null while it goes on, and where the time of day was not known.
 */
ended_ms: number | null, 
/**
 * How it ended.
 */
end: EndWord, 
/**
 * The fault that ended it, without its figures; null without one.
 */
fault: FaultView | null, 
/**
 * How long it took.
 */
elapsed_s: number, 
/**
 * The hottest reading.
 */
peak_c: number | null, 
/**
 * Energy; null where the power of the elements was not set.
 */
energy_kwh: number | null, 
/**
 * What it cost; null where no price was set.
 */
cost: number | null, 
/**
 * What was noted about it.
 */
notes: string, 
/**
 * What the witness cones said.
 */
cone_result: string, 
/**
 * The size of its log.
 */
bytes: number, };

/**
 * What can be said of a firing, from its log.
 */
export type RunFigures = { 
/**
 * Rows it rests on.
 */
rows: number, 
/**
 * The most that the kiln was above its target.
 */
overshoot_k: number, 
/**
 * The most that it was below.
 */
lag_k: number, 
/**
 * The mean distance from the target.
 */
mean_distance_k: number, 
/**
 * The share of the time within 5 K of the target.
 */
within_5_k_percent: number, 
/**
 * The mean power.
 */
mean_output_percent: number, 
/**
 * The steepest rise over ten minutes.
 */
fastest_c_per_h: number, 
/**
 * How often it went on after a cut.
 */
recoveries: number, };

/**
 * What kind of firing it is.
 */
export type RunKindWord = "profile" | "manual" | "bank";

/**
 * `GET /api/runs`.
 */
export type RunList = { 
/**
 * The firings and tuning runs, newest first.
 */
runs: Array<RunEntry>, };

export type RunPatch = { 
/**
 * What the firing was about; at most 500 bytes, an empty text clears it.
 */
notes?: string | null, 
/**
 * What the witness cones said; at most 64 bytes, an empty text clears it.
 */
cone_result?: string | null, };

/**
 * `GET /api/runs/{id}/report`: a firing and what can be said of it.
 */
export type RunReport = { 
/**
 * The firing.
 */
run: RunEntry, 
/**
 * What can be said of it; null where its log has too few rows.
 */
figures: RunFigures | null, };

export type RunRequest = { 
/**
 * The name of the profile.
 */
profile: string, 
/**
 * The etag of the profile as it was looked at; with another one stored, nothing begins.
 */
expect_etag?: string | null, };

/**
 * `GET /api/runs/{id}/json`: the rows of a log.
 */
export type RunRows = { 
/**
 * The id of the firing.
 */
id: string, 
/**
 * The rows, oldest first.
 */
points: Array<Point>, };

/**
 * A firing that is running or has ended.
 */
export type RunView = { 
/**
 * The id of its record; null while it has none.
 */
id: string | null, 
/**
 * The name of the profile.
 */
profile: string, 
/**
 * What kind of firing it is.
 */
kind: RunKindWord, 
/**
 * The schedule clock.
 */
elapsed_s: number, 
/**
 * Nominal time left, for a kiln that keeps up from here.
 */
remaining_s: number, 
/**
 * How much is done.
 */
progress_percent: number, 
/**
 * The running step.
 */
step: StepView, 
/**
 * Why the schedule clock stands still; null when it runs.
 */
waiting: WaitingView | null, 
/**
 * The temperature a reheat after an outage returns to; null without one.
 */
reheating_to_c: number | null, 
/**
 * How far the heat work has come, in cones, at most ten seconds old; null before the softest cone has fallen.
 */
cone: ConeView | null, 
/**
 * Energy so far; null where the power of the elements is not set.
 */
energy_kwh: number | null, 
/**
 * Its cost so far; null where no price is set.
 */
cost: number | null, };

/**
 * `GET /api/schedule`.
 */
export type ScheduleAnswer = { 
/**
 * The starts that wait, the next one first.
 */
scheduled: Array<ScheduledView>, };

export type ScheduleRequest = { 
/**
 * The name of the profile.
 */
profile: string, 
/**
 * When, in epoch milliseconds.
 */
start_ms: number, };

/**
 * A start that waits for its time.
 */
export type ScheduledView = { 
/**
 * The name of the profile.
 */
profile: string, 
/**
 * When it starts, in epoch milliseconds.
 */
start_ms: number, 
/**
 * How long that is from now; null while the time of day is not known.
 */
starts_in_s: number | null, };

export type SelfTestRequest = { 
/**
 * What is tried.
 */
what: SelfTestWhat, };

/**
 * `GET /api/selftest`, and the answer to starting one.
 */
export type SelfTestResult = { 
/**
 * What was tried; null before the first test.
 */
what: SelfTestWhat | null, 
/**
 * How it went.
 */
state: SelfTestState, 
/**
 * When, in epoch milliseconds; null where the time of day was not known.
 */
at_ms: number | null, 
/**
 * The relays whose pin did not follow, counted from 0.
 */
relays_wrong: Array<number>, 
/**
 * The rise that full power made; null unless elements were tried.
 */
rise_k: number | null, 
/**
 * The rate of the rise.
 */
rate_c_per_h: number | null, };

/**
 * How a self-test went.
 */
export type SelfTestState = "none" | "running" | "passed" | "failed";

/**
 * What a self-test tries.
 */
export type SelfTestWhat = "relays" | "elements";

/**
 * How bad a fault is.
 */
export type SeverityWord = "notice" | "hold" | "trip" | "lockout";

/**
 * What the kiln is doing, in a word.
 */
export type StateWord = "idle" | "running" | "tuning" | "complete" | "error";

/**
 * What the kiln is doing.
 */
export type Status = { 
/**
 * Counts the pictures of the control loop; it wraps.
 */
number: number, 
/**
 * What it is doing, in a word.
 */
state: StateWord, 
/**
 * The chamber's temperature; null while there has been no good reading.
 */
temp_c: number | null, 
/**
 * How old that reading is.
 */
temp_age_s: number | null, 
/**
 * Why the latest attempt to read failed; null when it did not.
 */
sensor_problem: string | null, 
/**
 * The temperature of the thermocouple's terminals, beside the electronics.
 */
terminals_c: number | null, 
/**
 * The temperature asked for; null when none is.
 */
target_c: number | null, 
/**
 * The power asked for.
 */
output_percent: number, 
/**
 * The power that the running relay window serves.
 */
duty_percent: number, 
/**
 * The heating relays that are energised, as seen at their pins; counted from 0.
 */
relays_on: Array<number>, 
/**
 * Whether the safety contactor is held closed, as seen at its pin.
 */
contactor_held: boolean, 
/**
 * The firing that is running or has ended.
 */
run: RunView | null, 
/**
 * The tuning that is running.
 */
tuning: TuningView | null, 
/**
 * The parts of the regulator's latest answer; null at rest.
 */
pid: PidView | null, 
/**
 * The latched fault.
 */
fault: FaultView | null, 
/**
 * What the guards find at this moment.
 */
guards: Array<FaultView>, 
/**
 * A firing that was cut off and waits for an answer.
 */
recovery: RecoveryView | null, 
/**
 * The next delayed start.
 */
scheduled: ScheduledView | null, 
/**
 * The last commands, newest first.
 */
commands: Array<CommandBrief>, 
/**
 * Both clocks.
 */
clock: ClockView, 
/**
 * How the control loop is.
 */
control: ControlView, 
/**
 * How the kiln can be reached.
 */
network: NetworkView, 
/**
 * How many events there have been; the newest has this number less one.
 */
events_total: number, };

/**
 * What a step does.
 */
export type StepKindWord = "ramp" | "hold" | "cooling";

/**
 * The type of a step.
 */
export type StepType = "ramp" | "hold" | "cooling";

/**
 * The running step.
 */
export type StepView = { 
/**
 * Counted from 0.
 */
index: number, 
/**
 * How many steps there are.
 */
count: number, 
/**
 * What it does.
 */
kind: StepKindWord, 
/**
 * The temperature it reaches or holds; null for a cooling without an end.
 */
target_c: number | null, 
/**
 * The temperature it started from.
 */
from_c: number, 
/**
 * Time of the schedule clock in the step.
 */
elapsed_s: number, 
/**
 * How long a hold lasts, at the longest where it waits for a cone; null for other steps.
 */
hold_s: number | null, 
/**
 * The cone that ends the hold by falling, as `04`; null for other steps.
 */
until_cone: string | null, 
/**
 * The rate asked for; null where none is: a hold, a cooling, a ramp as fast as the kiln can.
 */
rate_wanted_c_per_h: number | null, 
/**
 * The rate measured.
 */
rate_measured_c_per_h: number, };

/**
 * `PUT /api/run/steps`: other steps after the running one.
 */
export type StepsRequest = { 
/**
 * The unit of every temperature and rate in it; `c` when left out.
 */
temp_units?: TempUnits, 
/**
 * The steps, in order.
 */
steps: Array<ProfileStep>, 
/**
 * The id of the firing it is meant for; with another one running, nothing happens.
 */
expect_run?: string | null, };

/**
 * The flash.
 */
export type StorageView = { 
/**
 * Whether files can be read and written; false means firing without a log.
 */
mounted: boolean, 
/**
 * How large it is.
 */
bytes: number, 
/**
 * How much of it is free.
 */
bytes_free: number, 
/**
 * Erases of the block erased most often; null where nobody counts.
 */
erases_most: number | null, };

/**
 * The unit of the temperatures and rates of a document.
 */
export type TempUnits = "c" | "f";

/**
 * `POST /api/time`.
 */
export type TimeAnswer = { 
/**
 * The time of day from here on, in epoch milliseconds.
 */
wall_ms: number, 
/**
 * Whether what was told is in force; a time server outranks it.
 */
accepted: boolean, };

export type TimeRequest = { 
/**
 * The time of day, in epoch milliseconds.
 */
epoch_ms: number, };

/**
 * A token, without its secret.
 */
export type TokenEntry = { 
/**
 * Its id, to revoke it by.
 */
id: number, 
/**
 * Its name.
 */
name: string, 
/**
 * When it was made, in epoch milliseconds; null where the time of day was not known.
 */
made_ms: number | null, 
/**
 * Whether it is the one this request was made with.
 */
this: boolean, };

/**
 * `GET /api/tokens`.
 */
export type TokenList = { 
/**
 * The tokens, at most 8.
 */
tokens: Array<TokenEntry>, };

/**
 * `GET /api/tuning`.
 */
export type TuningAnswer = { 
/**
 * The tuning that is running; null when none is.
 */
tuning: TuningView | null, 
/**
 * The id of the log of the last one; null when there is none.
 */
run: string | null, };

export type TuningModeWord = "safe" | "standard" | "thorough" | "high_temp" | "relay";

export type TuningRequest = { 
/**
 * How thorough.
 */
mode: TuningModeWord, 
/**
 * The temperature above which it fails, instead of the mode's own.
 */
max_temp_c?: number | null, };

/**
 * Where a tuning run is.
 */
export type TuningStage = "running" | "finished" | "failed";

/**
 * A tuning run.
 */
export type TuningView = { 
/**
 * Where it is.
 */
stage: TuningStage, 
/**
 * Why it failed.
 */
fault: FaultView | null, 
/**
 * The step, counted from 0; the number of steps once it is over.
 */
step: number, 
/**
 * How many steps there are.
 */
steps: number, 
/**
 * The name of the step.
 */
step_name: string, 
/**
 * How long the step has been going on.
 */
step_elapsed_s: number, 
/**
 * How long the step may last.
 */
step_longest_s: number, 
/**
 * The temperature the step tries to get to; null where it is not a temperature.
 */
goal_c: number | null, 
/**
 * Whether the step has found a plateau.
 */
plateau: boolean, 
/**
 * The highest temperature of the step.
 */
peak_c: number | null, 
/**
 * The temperature above which the run fails.
 */
cap_c: number, };

/**
 * Why the schedule clock stands still.
 */
export type WaitingView = { 
/**
 * Why.
 */
why: WaitingWord, 
/**
 * For how long; null where it is not known.
 */
for_s: number | null, 
/**
 * Since when, in epoch milliseconds; null where it is not known.
 */
since_ms: number | null, };

/**
 * Why the schedule clock stands still.
 */
export type WaitingWord = "behind" | "arriving" | "reheating" | "paused" | "heat_withheld";

/**
 * `POST /api/wifi`: the network is tried, and kept if it works.
 */
export type WifiAnswer = { 
/**
 * How long it is tried before the network joined before is taken again.
 */
trying_for_s: number, };

/**
 * A network within reach.
 */
export type WifiNetwork = { 
/**
 * Its name.
 */
ssid: string, 
/**
 * How strong its strongest access point is.
 */
signal_dbm: number, 
/**
 * Whether it wants a passphrase.
 */
secured: boolean, };

export type WifiRequest = { 
/**
 * The name of the network.
 */
ssid: string, 
/**
 * Its passphrase, 8 to 63 bytes; left out for an open network.
 */
password?: string | null, };

/**
 * `GET /api/wifi/scan`.
 */
export type WifiScan = { 
/**
 * Whether the radio is looking at this moment: ask again for the result.
 */
scanning: boolean, 
/**
 * The strongest networks, strongest first; each name once.
 */
networks: Array<WifiNetwork>, };

/**
 * How far Wi-Fi has come.
 */
export type WifiState = "off" | "not_configured" | "searching" | "joining" | "addressing" | "up" | "waiting";
