//! The configuration described from its table of keys, with every range.

use crate::config::{Applies, Config, KeyKind, reference};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use ts_rs::TS;

/// What comes out.
pub(super) struct ConfigDoc;
/// What goes in.
pub(super) struct ConfigPatchDoc;
/// The keys described.
pub(super) struct ConfigSchemaDoc;
/// The reference controller's file.
pub(super) struct ReferenceConfigDoc;

/// A value of the kind, as JSON schema.
fn schema(kind: &KeyKind) -> Value {
    match kind {
        KeyKind::Number(least, most) => json!({ "type": "number", "minimum": least, "maximum": most }),
        KeyKind::Whole(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        KeyKind::OneOf(numbers) => json!({ "type": "integer", "enum": numbers }),
        KeyKind::Switch => json!({ "type": "boolean" }),
        KeyKind::Choice(words) => json!({ "type": "string", "enum": words }),
        KeyKind::Text(most) | KeyKind::Host(most) | KeyKind::Secret(most) => {
            json!({ "type": "string", "maxLength": most })
        }
        KeyKind::Address => json!({ "type": ["string", "null"] }),
        KeyKind::Pins(count, least, most) => json!({
            "type": "array",
            "items": { "type": "integer", "minimum": least, "maximum": most },
            "minItems": 1,
            "maxItems": count,
            "uniqueItems": true,
        }),
    }
}

/// A value of the kind, as TypeScript.
fn type_of(kind: &KeyKind) -> String {
    match kind {
        KeyKind::Number(..) | KeyKind::Whole(..) => "number".into(),
        KeyKind::OneOf(numbers) => numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | "),
        KeyKind::Switch => "boolean".into(),
        KeyKind::Choice(words) => words.iter().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(" | "),
        KeyKind::Text(_) | KeyKind::Host(_) | KeyKind::Secret(_) => "string".into(),
        KeyKind::Address => "string | null".into(),
        KeyKind::Pins(..) => "Array<number>".into(),
    }
}

/// The groups with what `describe` says of their keys; secrets only where they may go in.
fn groups<T>(secrets: bool, describe: impl Fn(&KeyKind, &str) -> T) -> Vec<(&'static str, Vec<(&'static str, T)>)> {
    let mut groups: Vec<(&'static str, Vec<(&'static str, T)>)> = Vec::new();
    for key in Config::keys().filter(|key| secrets || !matches!(key.kind, KeyKind::Secret(_))) {
        let described = (key.name, describe(&key.kind, key.help.trim()));
        match groups.last_mut() {
            Some((group, keys)) if *group == key.group => keys.push(described),
            Some(_) | None => groups.push((key.group, vec![described])),
        }
    }
    groups
}

/// The groups as the properties of an object.
fn properties(secrets: bool) -> Map<String, Value> {
    let describe = |kind: &KeyKind, help: &str| {
        let mut described = schema(kind);
        put(&mut described, "description", help.into());
        described
    };
    let object = |keys: Vec<(&'static str, Value)>| {
        let names: Vec<_> = keys.iter().map(|(name, _)| *name).collect();
        let properties: Map<_, _> = keys.into_iter().map(|(name, described)| (name.to_owned(), described)).collect();
        let mut object = json!({ "type": "object", "properties": properties, "additionalProperties": false });
        if !secrets {
            put(&mut object, "required", json!(names));
        }
        object
    };
    groups(secrets, describe).into_iter().map(|(group, keys)| (group.to_owned(), object(keys))).collect()
}

/// The groups as the fields of a TypeScript type.
fn fields(secrets: bool) -> String {
    let mark = if secrets { "?" } else { "" };
    let field =
        |(name, (type_of, help)): &(&str, (String, String))| format!("/**\n * {help}\n */\n{name}{mark}: {type_of},\n");
    let groups = groups(secrets, |kind, help| (type_of(kind), help.to_owned()));
    let group = |(group, keys): &(&str, Vec<_>)| {
        format!("{group}{mark}: {{\n{}}},\n", keys.iter().map(field).collect::<String>())
    };
    groups.iter().map(group).collect()
}

/// Puts a member into an object.
pub(super) fn put(object: &mut Value, key: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}

/// Describes a marker type by its name, its TypeScript and its schema.
macro_rules! described {
    ($($type:ty, $name:literal, $typescript:expr, $schema:expr;)+) => {$(
        impl TS for $type {
            type WithoutGenerics = ts_rs::Dummy;
            type OptionInnerType = Self;
            fn name(_: &ts_rs::Config) -> String {
                $name.into()
            }
            fn inline(_: &ts_rs::Config) -> String {
                $typescript
            }
            fn decl(config: &ts_rs::Config) -> String {
                format!("type {} = {};", $name, Self::inline(config))
            }
            fn output_path() -> Option<std::path::PathBuf> {
                Some($name.into())
            }
        }

        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }
            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let describe: fn(&mut SchemaGenerator) -> Schema = $schema;
                describe(generator)
            }
        }
    )+};
}

described! {
    ConfigDoc, "Config",
    format!("{{\nformat: number,\nrevision: number,\n{}wifi_password_set: boolean,\n}}", fields(false)),
    |_| {
        let mut all = properties(false);
        all.insert("format".into(), json!({ "type": "integer" }));
        all.insert("revision".into(), json!({ "type": "integer" }));
        all.insert("wifi_password_set".into(), json!({ "type": "boolean" }));
        let names: Vec<_> = all.keys().cloned().collect();
        json_schema!({ "type": "object", "properties": all, "required": names, "additionalProperties": false })
    };

    ConfigPatchDoc, "ConfigPatch",
    format!("{{\nformat?: number,\n{}}}", fields(true)),
    |_| {
        let mut all = properties(true);
        all.insert("format".into(), json!({ "type": "integer", "minimum": 1, "maximum": crate::config::FORMAT }));
        json_schema!({ "type": "object", "properties": all, "additionalProperties": false })
    };

    ConfigSchemaDoc, "ConfigSchema",
    "{\nformat: number,\nkeys: Array<{\ngroup: string, name: string, kind: string, least?: number, most?: number, \
     choices?: Array<string | number>, most_bytes?: number, most_pins?: number, unit: string, delivered: unknown, \
     applies: Applies, local: boolean, secret: boolean, help: string,\n}>,\n}".into(),
    |generator| {
        let applies = generator.subschema_for::<Applies>();
        json_schema!({
            "type": "object",
            "properties": {
                "format": { "type": "integer" },
                "keys": { "type": "array", "items": {
                    "type": "object",
                    "properties": {
                        "group": { "type": "string" },
                        "name": { "type": "string" },
                        "kind": { "type": "string" },
                        "least": { "type": "number" },
                        "most": { "type": "number" },
                        "choices": { "type": "array", "items": { "type": ["string", "number"] } },
                        "most_bytes": { "type": "integer" },
                        "most_pins": { "type": "integer" },
                        "unit": { "type": "string" },
                        "delivered": true,
                        "applies": applies,
                        "local": { "type": "boolean" },
                        "secret": { "type": "boolean" },
                        "help": { "type": "string" },
                    },
                    "required": ["group", "name", "kind", "unit", "delivered", "applies", "local", "secret", "help"],
                    "additionalProperties": false,
                } },
            },
            "required": ["format", "keys"],
            "additionalProperties": false,
        })
    };

    ReferenceConfigDoc, "ReferenceConfig",
    "Record<string, unknown>".into(),
    |_| {
        let keys: Map<String, Value> = reference::keys().map(|key| (key.to_owned(), json!(true))).collect();
        json_schema!({ "type": "object", "properties": keys, "additionalProperties": false })
    };
}
