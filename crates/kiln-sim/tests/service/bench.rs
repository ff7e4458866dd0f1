//! A whole kiln: world, control loop, link, flash, service. Power can be cut and given back.

use kiln_app::service::{Identity, Now, Service, TASK, Workspace};
use kiln_app::store::{Memory, Store};
use kiln_core::command::{Command, CommandId};
use kiln_core::snapshot::Phase;
use kiln_core::units::{Millis, WallClock};
use kiln_hal::board::ControlLink as _;
use kiln_hal::link::{AppEnd, ControlEnd, Link, Roster, Task};
use kiln_sim::disturb::Level;
use kiln_sim::flash::NorFlash;
use kiln_sim::plant::PlantSpec;
use kiln_sim::random::Seed;
use kiln_sim::world::{BEGINNING, Setting, World, settings_for};
use kiln_wire::answer::{CommandAnswer, CommandState, ErrorAnswer};
use kiln_wire::ask::RunRequest;

/// The shortest firing there is: up, stay, and done.
pub(crate) const QUICK: &str = r#"{"name":"Quick","steps":[{"type":"ramp","target_temp":60,"desired_rate":600},
    {"type":"hold","target_temp":60,"duration":300}]}"#;

/// Ends by the heat work: cone 019 falls late in the hold, long before its end.
pub(crate) const TO_A_CONE: &str = r#"{"name":"To cone 019","steps":[
    {"type":"ramp","target_temp":645,"desired_rate":60},
    {"type":"hold","target_temp":645,"until_cone":"019","longest_s":28800}]}"#;

/// What hangs on the link while the power is on.
pub(crate) struct Powered {
    pub(crate) world: World<1>,
    control: ControlEnd<'static>,
    pub(crate) service: Service<'static, NorFlash>,
    /// How often control was told settings.
    pub(crate) settings_told: u32,
}

pub(crate) struct Kiln {
    pub(crate) chip: NorFlash,
    pub(crate) on: Powered,
    pub(crate) knows_time: bool,
    began: WallClock,
}

impl Kiln {
    pub(crate) fn new() -> Self {
        let chip = NorFlash::new();
        let on = Powered::new(&chip, None, BEGINNING);
        let mut kiln = Self { chip, on, knows_time: true, began: BEGINNING };
        kiln.seconds(5);
        kiln
    }

    /// The power goes and comes back so much later; meanwhile the kiln has lost so many kelvin.
    pub(crate) fn cut(&mut self, away: Millis, lost: f64) {
        let wall = self.on.world.wall() + away;
        let chamber = self.on.world.truth().thermocouple_c - lost;
        self.began = wall;
        self.on = Powered::new(&self.chip, Some(chamber), wall);
    }

    /// Only the application starts anew.
    pub(crate) fn restart_application(&mut self) {
        let (link, service) = fresh(&self.chip);
        self.on.service = service;
        self.on.control = ControlEnd::new(link);
    }

    pub(crate) fn now(&self) -> Now {
        let world = &self.on.world;
        Now {
            control: world.start() + world.elapsed(),
            real: world.elapsed(),
            wall: self.knows_time.then(|| world.wall()),
        }
    }

    pub(crate) fn seconds(&mut self, count: u64) {
        for _ in 0..count {
            for _ in 0..10 {
                self.on.slot();
            }
            let now = self.now();
            self.on.service.turn(&now);
        }
    }

    /// Until it is so, at most for this many minutes.
    pub(crate) fn until(&mut self, minutes: u64, what: &str, so: impl Fn(&Self) -> bool) {
        for _ in 0..minutes * 60 {
            if so(self) {
                return;
            }
            self.seconds(1);
        }
        panic!("{what}: not within {minutes} minutes; {}", self.log());
    }

    pub(crate) fn phase(&self) -> Option<Phase> {
        self.on.service.told().map(|told| told.phase)
    }

    pub(crate) fn log(&self) -> String {
        self.on.service.log_lines(0).1.to_owned()
    }

    pub(crate) fn put(&mut self, name: &str, document: &str) {
        self.on.service.put_profile(name, document.as_bytes(), kiln_app::service::Seen::Unsaid).unwrap();
    }

    /// Asks for a profile, and what becomes of it within two seconds.
    pub(crate) fn run(&mut self, name: &str) -> Result<CommandAnswer, String> {
        let body = format!(r#"{{"profile":"{name}"}}"#);
        let now = self.now();
        let asked = self.on.service.run(&now, &RunRequest::parse(body.as_bytes()).unwrap(), None);
        let id = asked.map_err(|refused| ErrorAnswer::from(&refused).error.code.to_owned())?;
        Ok(self.answer(id))
    }

    pub(crate) fn ask(&mut self, command: &Command) -> CommandAnswer {
        let now = self.now();
        let id = self.on.service.command(&now, command, None, None).unwrap();
        self.answer(id)
    }

    pub(crate) fn answer(&mut self, id: CommandId) -> CommandAnswer {
        for _ in 0..2 {
            self.seconds(1);
            let answer = self.on.service.outcome(id).unwrap();
            if answer.state != CommandState::Pending {
                return answer;
            }
        }
        self.on.service.outcome(id).unwrap()
    }

    /// The rows of the only run.
    pub(crate) fn only_log(&mut self) -> (String, String) {
        let mut page = heapless::Vec::<_, 4>::new();
        self.on.service.runs(None, &mut page).unwrap();
        assert_eq!(page.len(), 1, "one run: {page:?}");
        let id = page[0].id.as_str().to_owned();
        (id.clone(), self.rows(&id))
    }

    pub(crate) fn rows(&mut self, id: &str) -> String {
        let length = self.on.service.rows_length(id).unwrap();
        let (mut bytes, mut at) = (vec![0; length], 0);
        while at < length {
            let end = length.min(at + 700);
            let read = self.on.service.read_rows(id, at, &mut bytes[at..end]).unwrap();
            assert_ne!(read, 0, "the length was told");
            at += read;
        }
        String::from_utf8(bytes).unwrap()
    }
}

impl Powered {
    fn new(chip: &NorFlash, chamber: Option<f64>, wall: WallClock) -> Self {
        let plant = PlantSpec::built_in("test2k5").unwrap();
        let setting = Setting {
            plant: &plant,
            settings: settings_for(&plant),
            level: Level::Quiet,
            seed: Seed(7),
            start_c: chamber,
            planned_s: 3600.0,
        };
        let mut world = World::new(&setting).unwrap();
        world.broken.app_dead = true;
        world.began_at(wall);
        let (link, service) = fresh(chip);
        Self { world, control: ControlEnd::new(link), service, settings_told: 0 }
    }

    /// One slot of the loop, its mailbox carried to the shipping link and back.
    fn slot(&mut self) {
        let mailbox = self.world.hardware().link.clone();
        if let Some(request) = self.control.take() {
            mailbox.ask(request);
        }
        if let Some(settings) = self.control.settings() {
            mailbox.publish_settings(settings);
            self.settings_told += 1;
        }
        mailbox.set_beats(self.control.beats());
        let before = mailbox.published();
        self.world.turn();
        if mailbox.published() != before
            && let Some(told) = self.world.told()
        {
            self.control.publish(&told);
        }
    }
}

fn fresh(chip: &NorFlash) -> (&'static Link, Service<'static, NorFlash>) {
    let link: &'static Link = Box::leak(Box::default());
    let memory = Box::leak(Box::new(Memory::new(chip.clone())));
    let roster = Roster::EMPTY.with(Task::new(TASK).unwrap());
    let identity = Identity { board: "simulator", simulated: true };
    let workspace = Box::leak(Box::new(Workspace::new()));
    (link, Service::new(AppEnd::new(link, roster), Store::open(memory), identity, workspace))
}
