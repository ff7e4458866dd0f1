//! The documents described for tools: as TypeScript for the page, as an OpenAPI document for everybody else.
//!
//! Behind the feature `schema`; nothing that ships has it. Both are written from the types that are sent, so that they
//! cannot say anything else.

mod bounded;
mod config;
mod documents;
mod openapi;
mod typescript;

pub use openapi::openapi;
pub use typescript::typescript;
