//! The whole interface as an OpenAPI 3.1 document.

use super::config::put;
use super::documents::{Visit, answers, requests};
use crate::answer::Problem;
use crate::api::{ALIASES, Doc, Gives, Need, ROUTES, Route};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The document.
pub fn openapi() -> Value {
    let mut schemas = Schemas::new();
    requests(&mut schemas);
    answers(&mut schemas);
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for route in ROUTES {
        let aliases = ALIASES.iter().filter(|(_, path)| *path == route.path).map(|(alias, _)| *alias);
        for path in aliases.chain([route.path]) {
            let operation = operation(route, path, &schemas.docs);
            paths.entry(path).or_default().insert(route.method.word().to_lowercase(), operation);
        }
    }
    let refusals = refusals(&schemas.docs);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "pico-kiln",
            "version": "1",
            "description": "The interface of the kiln controller. Every refusal is an ErrorAnswer.",
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "responses": refusals,
            "schemas": schemas.components(),
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer" },
                "code": { "type": "apiKey", "in": "header", "name": "X-Kiln-Code" },
                "stop": { "type": "apiKey", "in": "header", "name": "X-Kiln" },
            },
        },
    })
}

fn operation(route: &Route, path: &str, docs: &[(Doc, Schema)]) -> Value {
    let word = path.trim_start_matches('/').replace(['/', '{', '}', '.'], "_");
    let mut operation = json!({
        "operationId": format!("{}_{word}", route.method.word().to_lowercase()),
        "summary": route.summary,
        "security": security(route.need),
        "responses": responses(route, docs),
    });
    let parameters = parameters(route, path);
    if !parameters.is_empty() {
        put(&mut operation, "parameters", parameters.into());
    }
    if let Some(doc) = route.takes {
        let body = json!({ "required": doc != Doc::ExpectRequest, "content": json_content(doc, docs) });
        put(&mut operation, "requestBody", body);
    }
    operation
}

fn parameters(route: &Route, path: &str) -> Vec<Value> {
    let in_path = path.split('{').skip(1).filter_map(|part| part.split('}').next());
    let mut parameters: Vec<_> = in_path
        .map(|name| {
            let schema = json!({ "type": "string", "minLength": 1, "maxLength": crate::status::RUN_ID_LONGEST });
            json!({ "name": name, "in": "path", "required": true, "schema": schema })
        })
        .collect();
    if route.need == Need::Stop {
        let schema = json!({ "type": "string", "const": "stop" });
        parameters.push(json!({ "name": "X-Kiln", "in": "header", "required": true, "schema": schema }));
    }
    parameters
}

fn security(need: Need) -> Value {
    match need {
        Need::Open => json!([{}, { "token": [] }]),
        Need::Token => json!([{ "token": [] }]),
        Need::Local => json!([{ "code": [] }, {}]),
        Need::Stop => json!([{ "stop": [] }]),
    }
}

fn responses(route: &Route, docs: &[(Doc, Schema)]) -> Map<String, Value> {
    let mut responses = Map::new();
    for status in route.carried_out() {
        let mut response = json!({ "description": "Carried out" });
        if let Some(content) = content(route.gives, docs) {
            put(&mut response, "content", content);
        }
        responses.insert(status.to_string(), response);
    }
    if route.may_be_unchanged() {
        responses.insert("304".into(), json!({ "description": "As the asker has it" }));
    }
    for status in route.refusals() {
        responses.insert(status.to_string(), json!({ "$ref": format!("#/components/responses/{status}") }));
    }
    responses
}

/// What comes out, unless it is nothing.
fn content(gives: Gives, docs: &[(Doc, Schema)]) -> Option<Value> {
    let text = |kind: &str| json!({ kind: { "schema": { "type": "string" } } });
    match gives {
        Gives::Json(doc) | Gives::Saved(doc) => Some(json_content(doc, docs)),
        Gives::Nothing => None,
        Gives::Csv => Some(text("text/csv")),
        Gives::Text => Some(text("text/plain")),
        Gives::Html => Some(text("text/html")),
        Gives::Script => Some(text("text/javascript")),
        Gives::Wasm => Some(text("application/wasm")),
        Gives::Events => Some(text("text/event-stream")),
        Gives::OpenApi => Some(json!({ "application/json": { "schema": { "type": "object" } } })),
    }
}

fn json_content(doc: Doc, docs: &[(Doc, Schema)]) -> Value {
    let schema = docs.iter().find(|(known, _)| *known == doc).map(|(_, schema)| schema.clone());
    json!({ "application/json": { "schema": schema } })
}

/// Every refusal by its status.
fn refusals(docs: &[(Doc, Schema)]) -> BTreeMap<String, Value> {
    let statuses = ROUTES.iter().flat_map(Route::refusals);
    let content = json_content(Doc::ErrorAnswer, docs);
    let response = |status| json!({ "description": codes(status), "content": content });
    statuses.map(|status| (status.to_string(), response(status))).collect()
}

/// The codes that come with a status.
fn codes(status: u16) -> String {
    let codes: Vec<_> = Problem::ALL.iter().filter(|problem| problem.status() == status).map(|p| p.code()).collect();
    if codes.is_empty() { "Refused".into() } else { format!("Refused, as `{}`", codes.join("`, `")) }
}

/// The schemas of the documents: of what goes in and of what comes out.
struct Schemas {
    asked: SchemaGenerator,
    answered: SchemaGenerator,
    docs: Vec<(Doc, Schema)>,
}

impl Schemas {
    fn new() -> Self {
        let settings = || {
            SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = "/components/schemas".into();
                settings.meta_schema = None;
            })
        };
        Self {
            asked: settings().for_deserialize().into_generator(),
            answered: settings().for_serialize().into_generator(),
            docs: Vec::new(),
        }
    }

    /// Every schema by its name. A type that both goes in and comes out is described as it goes in.
    fn components(mut self) -> BTreeMap<String, Value> {
        let answered = self.answered.take_definitions(true);
        let asked = self.asked.take_definitions(true);
        answered.into_iter().chain(asked).collect()
    }
}

impl Visit for Schemas {
    fn asked<T: JsonSchema>(&mut self, doc: Doc) {
        self.docs.push((doc, self.asked.subschema_for::<T>()));
    }
    fn answered<T: JsonSchema>(&mut self, doc: Doc) {
        self.docs.push((doc, self.answered.subschema_for::<T>()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_has_its_schema_and_every_reference_its_end() {
        let document = openapi();
        let text = document.to_string();
        for part in text.split("\"$ref\":\"#/").skip(1) {
            let place = part.split('"').next().unwrap_or_default();
            assert!(document.pointer(&format!("/{place}")).is_some(), "{place}");
        }
        assert!(!text.contains("\"schema\":null"), "a document without a schema");
        assert!(!text.contains("\"default\":{\"description\""), "no answer by default");
    }
}
