//! The documents as TypeScript, one file.

use super::documents::{Visit, answers, requests};
use crate::api::Doc;
use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use ts_rs::{Config, TS, TypeVisitor};

/// The TypeScript of every document and of every type in it, by name.
pub fn typescript() -> String {
    let mut types =
        Types { config: Config::new().with_large_int("number"), seen: HashSet::new(), found: BTreeMap::new() };
    answers(&mut types);
    requests(&mut types);
    types.visit::<crate::config::Applies>();
    // What is written for others: no document names it as its own.
    types.visit::<crate::status::FaultBody>();
    let head = "// Written by `cargo xtask docs` from crates/kiln-wire; change it there.\n".to_owned();
    let types = types.found.values().map(|(docs, declaration)| format!("\n{docs}export {declaration}\n"));
    core::iter::once(head).chain(types).collect()
}

/// The types found so far.
struct Types {
    config: Config,
    seen: HashSet<TypeId>,
    found: BTreeMap<String, (String, String)>,
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            self.found.insert(T::ident(&self.config), (docs, T::decl(&self.config)));
        }
        T::visit_dependencies(self);
    }
}

impl Visit for Types {
    fn asked<T: TS + 'static>(&mut self, _: Doc) {
        self.visit::<T>();
    }
    fn answered<T: TS + 'static>(&mut self, _: Doc) {
        self.visit::<T>();
    }
}
