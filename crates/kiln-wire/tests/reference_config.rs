//! The reference controller's flat `config.json`: what is taken, what is set aside, what refuses the file.
#![expect(clippy::panic, reason = "a test that panics has failed")]

use kiln_wire::config::reference::{Imported, import};
use kiln_wire::config::{Config, ThermocoupleType};

/// As the reference controller writes it, with every key it has.
const FULL: &str = r#"{
"MAX31856_SPI_ID":0,"MAX31856_SCK_PIN":18,"MAX31856_MOSI_PIN":19,"MAX31856_MISO_PIN":16,"MAX31856_CS_PIN":28,
"SSR_PIN":[15,14],"WIFI_SSID":"studio","WIFI_PASSWORD":"clay and ash","WIFI_STATIC_IP":"192.168.1.7",
"WIFI_STATIC_SUBNET":"255.255.255.0","WIFI_STATIC_GATEWAY":"192.168.1.1","WIFI_STATIC_DNS":"192.168.1.1",
"WEB_SERVER_HOST":"0.0.0.0","WEB_SERVER_PORT":8080,"THERMOCOUPLE_TYPE":"S","TEMP_UNITS":"f","THERMOCOUPLE_OFFSET":-2.5,
"MAINS_FREQUENCY":50,"THERMOCOUPLE_AVERAGING":16,"TEMP_MEDIAN_WINDOW":3,"TEMP_READ_INTERVAL":1,"PID_UPDATE_INTERVAL":1,
"STATUS_UPDATE_INTERVAL":5,"SSR_UPDATE_INTERVAL":0.1,"PID_KP_BASE":26.5,"PID_KI_BASE":0.15,"PID_KD_BASE":170,
"THERMAL_H":0.0012,"THERMAL_T_AMBIENT":22,"SSR_CYCLE_TIME":20,"SSR_STAGGER_DELAY":0.01,"MAX_TEMP":1280,
"STALL_CHECK_INTERVAL":90,"STALL_CONSECUTIVE_FAILS":4,"STALL_MIN_STEP_TIME":700,"STALL_RATE_RATIO":0.8,
"STALL_ARRIVAL_BAND":12,"RATE_MEASUREMENT_WINDOW":500,"RATE_RECORDING_INTERVAL":12,"MAX_RECOVERY_TEMP_DELTA":25,
"LOGGING_INTERVAL":20,"LOG_LEVEL":"warn","LOG_TO_FLASH":false,"ENABLE_WATCHDOG":true,"WATCHDOG_TIMEOUT":8000,
"LCD_I2C_ID":0,"LCD_I2C_SCL":21,"LCD_I2C_SDA":20,"LCD_I2C_FREQ":200000,"LCD_I2C_ADDR":63,
"PROFILES_DIR":"profiles","LOGS_DIR":"logs"}"#;

fn taken(document: &str) -> Imported {
    import(document.as_bytes(), &Config::DELIVERED).unwrap_or_else(|refusal| panic!("{refusal}\n{document}"))
}

fn check(document: &str, path: &str, why: &str) {
    match import(document.as_bytes(), &Config::DELIVERED) {
        Ok(imported) => panic!("taken, not refused for {why} at {path}: {document}\n{imported:?}"),
        Err(refusal) => assert_eq!((refusal.path.as_str(), refusal.why.code()), (path, why), "{document}\n{refusal}"),
    }
}

#[test]
fn every_key_becomes_one_of_ours_or_is_set_aside() {
    let Imported { config, changes, aside } = taken(FULL);
    let known = FULL.matches("\":").count();
    // The fixed address is four keys, the display is fitted because the file names it.
    assert_eq!(changes.iter().count() + aside.iter().count(), known + 1);
    assert_eq!(aside.iter().count(), 18);
    assert!(aside.iter().all(|(_, why)| !why.is_empty()));
    assert_eq!(config.hardware().relay_pins().as_slice(), [15, 14]);
    assert_eq!(*config.sensor().thermocouple_type(), ThermocoupleType::S);
    let numbers = [
        (*config.sensor().offset_k(), -2.5),
        (*config.control().kp(), 26.5),
        (*config.control().gain_growth_per_k(), 0.0012),
        (*config.control().window_s(), 20.0),
        (*config.safety().max_temp_c(), 1280.0),
        (*config.safety().stall_grace_s(), 700.0),
        (*config.safety().resume_unknown_change_k(), 25.0),
    ];
    for (index, (ours, theirs)) in numbers.into_iter().enumerate() {
        assert!((ours - theirs).abs() < 1e-12, "{index}");
    }
    assert_eq!(config.network().wifi_password().reveal(), "clay and ash");
    assert_eq!((*config.display().lcd_fitted(), *config.display().lcd_address()), (true, 63));
}

#[test]
fn a_file_without_a_network_leaves_ours_alone() {
    let Imported { config, aside, .. } = taken(r#"{"WIFI_SSID":"your_wifi_ssid","WIFI_STATIC_IP":null,"SSR_PIN":14}"#);
    assert_eq!(config.network().wifi_ssid().as_str(), "");
    assert_eq!(config.hardware().relay_pins().as_slice(), [14]);
    assert_eq!(aside.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["WIFI_SSID"]);
    assert!(!*config.display().lcd_fitted());
}

#[test]
fn a_bad_file_is_refused_by_the_name_of_its_key() {
    let cases = [
        ("[]", "", "wrong_type"),
        ("{\"MAX_TEMP\":1300", "MAX_TEMP", "syntax"),
        ("{\"MAX_TEMPERATURE\":1300}", "MAX_TEMPERATURE", "unknown_key"),
        ("{\"max_temp\":1300}", "max_temp", "unknown_key"),
        ("{\"MAX_TEMP\":1300,\"MAX_TEMP\":1200}", "MAX_TEMP", "duplicate_key"),
        ("{\"MAX_TEMP\":1400}", "MAX_TEMP", "too_high"),
        ("{\"MAX_TEMP\":null}", "MAX_TEMP", "wrong_type"),
        ("{\"THERMOCOUPLE_TYPE\":\"G32\"}", "THERMOCOUPLE_TYPE", "not_a_choice"),
        ("{\"SSR_PIN\":[15,15]}", "SSR_PIN[1]", "twice"),
        ("{\"SSR_PIN\":2}", "SSR_PIN", "too_low"),
        ("{\"TEMP_MEDIAN_WINDOW\":15}", "TEMP_MEDIAN_WINDOW", "too_high"),
        ("{\"MAX_RECOVERY_TEMP_DELTA\":200}", "MAX_RECOVERY_TEMP_DELTA", "too_high"),
        ("{\"LOG_LEVEL\":\"INFO\"}", "LOG_LEVEL", "not_a_choice"),
        ("{\"WIFI_STATIC_IP\":\"10.0.0.2\"}", "network.static_subnet", "missing"),
    ];
    for (document, path, why) in cases {
        check(document, path, why);
    }
}
