//! `unsafe` only in the files that [`crate::rooms::UNSAFE_FILES`] lists, and each of those still has some.

use super::{Problems, Project};
use crate::rooms::UNSAFE_FILES;
use crate::rust_source::{RustSource, line_of, words};

pub(super) fn check(project: &Project) -> Problems {
    let listed: Vec<&str> = UNSAFE_FILES.iter().map(|(file, _)| *file).collect();
    Ok(find(project.rust.iter().map(|(file, source)| (file.as_str(), source)), &listed))
}

fn find<'s>(sources: impl Iterator<Item = (&'s str, &'s RustSource)>, listed: &[&str]) -> Vec<String> {
    let (mut problems, mut idle) = (Vec::new(), listed.to_vec());
    for (file, source) in sources {
        let places = words(&source.code, "unsafe");
        if listed.contains(&file) && !places.is_empty() {
            idle.retain(|name| *name != file);
        } else {
            let lines = places.into_iter().map(|at| line_of(&source.code, at));
            problems.extend(lines.map(|line| format!("{file}:{line}: unsafe in a file that is not listed for it")));
        }
    }
    problems.extend(idle.iter().map(|file| format!("xtask/src/rooms.rs: {file} is listed for unsafe and has none")));
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsafe_is_seen_where_it_is_not_listed() {
        let source = RustSource::new("#![forbid(unsafe_code)]\n// unsafe\nunsafe { a() }\n");
        let count = |listed: &[&str]| find([("f.rs", &source)].into_iter(), listed).len();
        assert_eq!((count(&[]), count(&["f.rs"]), count(&["f.rs", "g.rs"])), (1, 0, 1));
    }
}
