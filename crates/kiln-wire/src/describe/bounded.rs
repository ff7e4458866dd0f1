//! How the bounded types describe themselves to tools: as TypeScript and as JSON schema.

use crate::answer::Params;
use crate::bounded::{Label, List};
use crate::json::{Place, Text};
use crate::profile::{ConeDoc, RateDoc};
use crate::records::Point;
use crate::status::{FaultBody, FaultKindView, FaultView};
use kiln_core::cone::Cone;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use ts_rs::{Config, TS, TypeVisitor};

/// Describes a type as another one.
macro_rules! as_other {
    ([$($generics:tt)*] $type:ty, $other:ty, $schema:expr) => {
        impl<$($generics)*> TS for $type {
            type WithoutGenerics = ts_rs::Dummy;
            type OptionInnerType = Self;
            fn name(config: &Config) -> String {
                <$other as TS>::name(config)
            }
            fn inline(config: &Config) -> String {
                <$other as TS>::inline(config)
            }
            fn visit_dependencies(visitor: &mut impl TypeVisitor)
            where
                Self: 'static,
            {
                <$other as TS>::visit_dependencies(visitor);
            }
            fn visit_generics(visitor: &mut impl TypeVisitor)
            where
                Self: 'static,
            {
                <$other as TS>::visit_generics(visitor);
            }
        }

        impl<$($generics)*> JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                <$other as JsonSchema>::schema_name()
            }
            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let describe: fn(&mut SchemaGenerator) -> Schema = $schema;
                describe(generator)
            }
        }
    };
}

as_other!([const N: usize] Label<N>, String, |_| json_schema!({ "type": "string", "maxLength": N }));
as_other!(['d] Text<'d>, String, |_| json_schema!({ "type": "string" }));
as_other!([T: TS + JsonSchema, const N: usize] List<T, N>, Vec<T>, |generator| {
    let items = generator.subschema_for::<T>();
    json_schema!({ "type": "array", "items": items, "maxItems": N })
});
as_other!([] ConeDoc, String, |_| json_schema!({ "type": "string", "enum": Cone::NAMES.as_slice() }));
as_other!([] FaultView, FaultBody, |generator| generator.subschema_for::<FaultBody>());
as_other!([] FaultKindView, FaultBody, |generator| generator.subschema_for::<FaultBody>());

// Any value: a list that is read place by place, whose elements are described where it is used.
as_other!([] Place, (), |_| json_schema!(true));

impl TS for RateDoc {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &Config) -> String {
        "number | \"full\"".into()
    }
    fn inline(config: &Config) -> String {
        Self::name(config)
    }
}

impl JsonSchema for RateDoc {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Rate".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "number" }, { "type": "string", "enum": ["full"] }] })
    }
}

impl JsonSchema for Point {
    fn schema_name() -> Cow<'static, str> {
        "Point".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let optional = json_schema!({ "type": ["number", "null"] });
        let number = json_schema!({ "type": "number" });
        json_schema!({
            "type": "array",
            "description": "[elapsed_s, temp_c, target_c, output_percent], and in a history whether the clock stood still",
            "prefixItems": [number, optional, optional, number, { "type": "integer", "enum": [0, 1] }],
            "minItems": 4,
            "maxItems": 5,
        })
    }
}

/// The figures of an answer: numbers, words, or lists of words.
struct Figures;

impl TS for Figures {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &Config) -> String {
        "Record<string, number | string | Array<string> | Array<number>>".into()
    }
    fn inline(config: &Config) -> String {
        Self::name(config)
    }
}

impl JsonSchema for Figures {
    fn schema_name() -> Cow<'static, str> {
        "Params".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "additionalProperties": {
                "anyOf": [
                    { "type": "number" },
                    { "type": "string" },
                    { "type": "array", "items": { "type": ["string", "number"] } },
                ],
            },
        })
    }
}

as_other!([] Params, Figures, |generator| Figures::json_schema(generator));
