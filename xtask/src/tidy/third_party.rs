//! Dependencies are permissively licensed.

use super::{Problems, Project};
use crate::docs::third_party::{Package, packages};
use crate::licence;

pub(super) fn check(project: &Project) -> Problems {
    Ok(refused(&packages(&project.metadata)))
}

fn refused(packages: &[Package]) -> Vec<String> {
    let bad = packages.iter().filter(|package| !licence::is_permissive(&package.licence));
    bad.map(|package| format!("Cargo.lock: {} {} is under {:?}", package.name, package.version, package.licence))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_that_is_not_permissive_is_seen() {
        let package = |licence: &str| Package { licence: licence.to_owned(), ..Package::default() };
        assert!(refused(&[package("MIT OR Apache-2.0")]).is_empty());
        assert_eq!(refused(&[package("MIT"), package("GPL-2.0"), package("")]).len(), 2);
    }
}
