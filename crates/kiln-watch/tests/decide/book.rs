//! Which kilns are known, and the file they are kept in.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use kiln_watch::book::file::{BookFile, Opened, Trouble};
use kiln_watch::book::{Book, Token};
use kiln_watch::limits::KILNS;

/// A folder of its own, gone with the test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("book-{name}-{}", std::process::id()));
        Self(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.join("inside/kilns.json")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn book() -> Book {
    let mut book = Book::default();
    let id = book.enter("Studio", "studio", "127.0.0.1:8301".parse().unwrap()).unwrap();
    book.kiln_mut(id).unwrap().token = Token::new("secret");
    book
}

#[test]
fn what_is_kept_is_read_back_and_nobody_else_can_read_it() {
    let scratch = Scratch::new("private");
    let file = BookFile::at(scratch.file());
    assert!(matches!(file.open().unwrap(), Opened::New));
    for name in ["first", "second"] {
        let mut book = book();
        book.kilns[0].name = name.to_owned();
        file.save(&book).unwrap();
        assert!(matches!(file.open().unwrap(), Opened::Read(read) if read == book));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&scratch.file()), mode(scratch.file().parent().unwrap())), (0o600, 0o700));
        assert_eq!(fs::read_dir(scratch.file().parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }
}

#[test]
fn what_a_crash_left_beside_it_is_no_hindrance_and_is_never_taken_for_it() {
    let scratch = Scratch::new("crash");
    let file = BookFile::at(scratch.file());
    file.save(&book()).unwrap();
    fs::write(scratch.file().with_extension("json.new"), "{\"format\":").unwrap();
    assert!(matches!(file.open().unwrap(), Opened::Read(read) if read == book()));
    file.save(&Book::default()).unwrap();
    assert!(matches!(file.open().unwrap(), Opened::Read(read) if read == Book::default()));
}

#[test]
fn what_cannot_be_read_is_moved_aside_and_newer_books_are_left_alone() {
    let scratch = Scratch::new("aside");
    let file = BookFile::at(scratch.file());
    file.save(&book()).unwrap();
    fs::write(scratch.file(), "no JSON").unwrap();
    let Opened::Aside(aside) = file.open().unwrap() else { panic!("it was taken for a book") };
    assert_eq!((fs::read_to_string(aside).unwrap().as_str(), scratch.file().exists()), ("no JSON", false));
    let newer = r#"{"format":2,"kilns":"all of them"}"#;
    fs::write(scratch.file(), newer).unwrap();
    assert!(matches!(file.open(), Err(Trouble::Newer(2))));
    assert_eq!(fs::read_to_string(scratch.file()).unwrap(), newer);
}

#[test]
fn a_kiln_that_is_known_keeps_its_number_and_its_token() {
    let mut book = book();
    let moved = book.enter("Studio", "studio", "127.0.0.1:8399".parse().unwrap()).unwrap();
    let renamed = book.enter("Barn", "", "127.0.0.1:8399".parse().unwrap()).unwrap();
    assert_eq!((moved, renamed, book.kilns.len()), (1, 1, 1));
    assert!(book.kilns[0].token.is_some() && book.kilns[0].name == "Barn");
    let other = book.enter("Other", "other", "127.0.0.1:8398".parse().unwrap()).unwrap();
    book.forget(other);
    let next = book.enter("Other", "other", "127.0.0.1:8398".parse().unwrap()).unwrap();
    assert!(next > other, "a number is never given to another");
    for port in 9000..9100 {
        let _entered = book.enter("x", "", format!("127.0.0.1:{port}").parse().unwrap()).is_ok();
    }
    assert_eq!(book.kilns.len(), KILNS);
}

#[test]
fn a_kiln_without_a_name_is_called_by_its_host_or_its_address() {
    let mut known = book().kilns.remove(0);
    assert_eq!(known.called(), "Studio");
    known.name = " ".to_owned();
    assert_eq!(known.called(), "studio");
    known.host.clear();
    assert_eq!(known.called(), "127.0.0.1:8301");
}

#[test]
fn a_token_never_shows_itself_and_holds_nothing_that_a_header_cannot() {
    assert_eq!(format!("{:?}", Token::new("secret").unwrap()), "Token(…)");
    for bad in ["", "a b", "a\r\nHost: b", "é"] {
        assert!(Token::new(bad).is_none(), "{bad:?}");
    }
}
