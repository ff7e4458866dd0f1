//! A Rust file split into code, comments and tests, without a full parser.
//!
//! Code keeps its place: what is not code (comments, the inside of strings, test modules) becomes blanks, so that a
//! line number in what is left is a line number in the file. Refuses to know what any check looks for.

use std::ops::Range;

/// A Rust file as the checks read it.
pub(crate) struct RustSource {
    /// The file with comments and the inside of strings blanked.
    pub(crate) code: String,
    /// Each comment line with its number, counted from 1.
    pub(crate) comments: Vec<(usize, String)>,
    /// Lines of `#[cfg(test)]` items, counted from 1.
    tests: Vec<Range<usize>>,
    /// Modules declared as `#[cfg(test)] mod NAME;`: their files are tests too.
    pub(crate) test_files: Vec<String>,
}

/// A function and the lines it covers.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) line: usize,
    pub(crate) lines: usize,
}

impl RustSource {
    /// Splits the text of a file.
    pub(crate) fn new(text: &str) -> Self {
        let (code, comments) = split(text);
        let (spans, test_files) = test_items(&code);
        let tests = spans.iter().map(|span| line_of(&code, span.start)..line_of(&code, span.end) + 1).collect();
        Self { code, comments, tests, test_files }
    }

    /// Whether the line, counted from 1, belongs to a test.
    pub(crate) fn is_test(&self, line: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&line))
    }

    /// The lines of code outside tests, with their numbers.
    pub(crate) fn shipping_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(at, line)| (at + 1, line)).filter(|(line, _)| !self.is_test(*line))
    }

    /// The functions outside tests that have a body.
    pub(crate) fn functions(&self) -> Vec<Function> {
        let mut found = Vec::new();
        for at in words(&self.code, "fn") {
            let line = line_of(&self.code, at);
            let after = self.code.get(at + 2..).unwrap_or_default();
            let name: String = after.trim_start().chars().take_while(|c| is_word(*c)).collect();
            let Some(body) = body_of(after).filter(|_| !name.is_empty() && !self.is_test(line)) else {
                continue;
            };
            let last = line_of(&self.code, at + 2 + body.end);
            found.push(Function { name, line, lines: last - line + 1 });
        }
        found
    }
}

/// Whether the character may be part of a name.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Where `word` stands in the code as a whole word.
pub(crate) fn words(code: &str, word: &str) -> Vec<usize> {
    let alone = |at: usize| {
        let before = code.get(..at).and_then(|text| text.chars().next_back());
        let after = code.get(at + word.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    };
    code.match_indices(word).map(|(at, _)| at).filter(|at| alone(*at)).collect()
}

/// The number of the line that holds this byte, counted from 1.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// The first `{…}` of an item, or nothing when the item ends with `;` before it.
fn body_of(item: &str) -> Option<Range<usize>> {
    let (mut round, mut curly, mut start) = (0_usize, 0_usize, None);
    for (at, c) in item.char_indices() {
        match c {
            '(' | '[' => round += 1,
            ')' | ']' => round = round.saturating_sub(1),
            ';' if round == 0 && curly == 0 => return None,
            '{' => {
                start = start.or(Some(at));
                curly += 1;
            }
            '}' => {
                curly = curly.saturating_sub(1);
                if curly == 0 {
                    return start.map(|start| start..at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The spans of items under `#[cfg(test)]`, and the names of the test modules kept in files of their own.
fn test_items(code: &str) -> (Vec<Range<usize>>, Vec<String>) {
    let (mut spans, mut files) = (Vec::new(), Vec::new());
    for mark in ["#[cfg(test)]", "#[cfg(all(test,", "#[test]"] {
        for (at, _) in code.match_indices(mark) {
            let skip = at + mark.len();
            let item = code.get(skip..).unwrap_or_default();
            if let Some(body) = body_of(item) {
                spans.push(at..skip + body.end);
            } else if let Some(end) = item.find(';') {
                spans.push(at..skip + end);
                let name = item.get(..end).and_then(|text| text.split_once("mod ")).map(|(_, name)| name.trim());
                files.extend(name.map(str::to_owned));
            }
        }
    }
    (spans, files)
}

/// Where the reader of [`split`] stands.
enum Place {
    Code,
    Line,
    Block(usize),
    Text,
    /// A raw string and the number of its `#`.
    Raw(usize),
}

/// Takes a text apart into blanked code and comment lines.
fn split(text: &str) -> (String, Vec<(usize, String)>) {
    let mut reader = Reader { rest: text, code: String::with_capacity(text.len()), comments: Vec::new(), line: 1 };
    let mut place = Place::Code;
    while !reader.rest.is_empty() {
        place = reader.step(place);
    }
    (reader.code, reader.comments)
}

struct Reader<'t> {
    rest: &'t str,
    code: String,
    comments: Vec<(usize, String)>,
    line: usize,
}

impl Reader<'_> {
    /// Moves on by one token and says where that leads.
    fn step(&mut self, place: Place) -> Place {
        match place {
            Place::Code => self.code_step(),
            Place::Line if self.rest.starts_with('\n') => {
                self.keep(1);
                Place::Code
            }
            Place::Block(depth) if self.rest.starts_with("*/") => {
                self.note(2);
                if depth == 1 { Place::Code } else { Place::Block(depth - 1) }
            }
            Place::Block(depth) if self.rest.starts_with("/*") => {
                self.note(2);
                Place::Block(depth + 1)
            }
            Place::Line | Place::Block(_) => {
                self.note(1);
                place
            }
            Place::Text if self.rest.starts_with('\\') => {
                self.blank(2);
                Place::Text
            }
            Place::Text if self.rest.starts_with('"') => {
                self.keep(1);
                Place::Code
            }
            Place::Raw(hashes) if self.closes(hashes) => {
                self.keep(1 + hashes);
                Place::Code
            }
            Place::Text | Place::Raw(_) => {
                self.blank(1);
                place
            }
        }
    }

    fn code_step(&mut self) -> Place {
        if self.rest.starts_with("//") {
            self.open_comment();
            return Place::Line;
        }
        if self.rest.starts_with("/*") {
            self.open_comment();
            self.note(2);
            return Place::Block(1);
        }
        if let Some(hashes) = self.opens_raw() {
            self.keep(2 + hashes);
            return Place::Raw(hashes);
        }
        if self.rest.starts_with('"') {
            self.keep(1);
            return Place::Text;
        }
        match self.quoted_char() {
            Some(length) => self.blank(length),
            None => self.keep(1),
        }
        Place::Code
    }

    /// The number of `#` when a raw string begins here.
    fn opens_raw(&self) -> Option<usize> {
        let after =
            self.rest.strip_prefix('r').filter(|_| !self.code.chars().next_back().is_some_and(is_word_but_b))?;
        let hashes = after.chars().take_while(|c| *c == '#').count();
        after.chars().nth(hashes).filter(|c| *c == '"').map(|_| hashes)
    }

    fn closes(&self, hashes: usize) -> bool {
        let after = self.rest.strip_prefix('"');
        after.is_some_and(|after| after.chars().take_while(|c| *c == '#').count() >= hashes)
    }

    /// How many characters a character literal takes here; nothing for a lifetime.
    fn quoted_char(&self) -> Option<usize> {
        let inside: Vec<char> = self.rest.strip_prefix('\'')?.chars().take(12).collect();
        let closing = match inside.first()? {
            '\\' => inside.iter().skip(2).position(|c| *c == '\'')? + 2,
            _ => 1,
        };
        inside.get(closing).filter(|c| **c == '\'').map(|_| closing + 2)
    }

    fn open_comment(&mut self) {
        self.comments.push((self.line, String::new()));
    }

    /// Copies this many characters into the code.
    fn keep(&mut self, count: usize) {
        for _ in 0..count {
            if let Some(c) = self.next() {
                self.code.push(c);
            }
        }
    }

    /// Replaces this many characters by blanks of the same width.
    fn blank(&mut self, count: usize) {
        for _ in 0..count {
            if let Some(c) = self.next() {
                let blanks = if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) };
                self.code.push_str(&blanks);
            }
        }
    }

    /// Blanks this many characters and adds them to the comment being read.
    fn note(&mut self, count: usize) {
        for _ in 0..count {
            match self.rest.chars().next() {
                Some('\n') => {
                    self.blank(1);
                    self.open_comment();
                }
                Some(c) => {
                    if let Some((_, comment)) = self.comments.last_mut() {
                        comment.push(c);
                    }
                    self.blank(1);
                }
                None => {}
            }
        }
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = self.rest.get(c.len_utf8()..).unwrap_or_default();
        self.line += usize::from(c == '\n');
        Some(c)
    }
}

/// A name character that cannot stand before a raw string: the `b` of `br"…"` can.
fn is_word_but_b(c: char) -> bool {
    is_word(c) && c != 'b' && c != 'c'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_strings_and_characters_are_not_code() {
        let cases = [
            ("a(\"x.unwrap()\");", "a(\"          \");"),
            ("a // unwrap\nb", "a          \nb"),
            ("a /* x /* y */ z */ b", "a                   b"),
            ("r#\"say \"hi\" \"# + b", "r#\"         \"# + b"),
            ("f('\"', b'\\'', &'a str)", "f(   , b    , &'a str)"),
            ("\"°\"", "\"  \""),
        ];
        for (text, code) in cases {
            assert_eq!(RustSource::new(text).code, code, "{text}");
        }
    }

    #[test]
    fn comments_keep_their_line() {
        let source = RustSource::new("fn a() {}\n/// One.\nlet b = \"// no\"; // two\n/* three\nfour */");
        let seen: Vec<(usize, &str)> = source.comments.iter().map(|(line, text)| (*line, text.as_str())).collect();
        assert_eq!(seen, [(2, "/// One."), (3, "// two"), (4, "/* three"), (5, "four */")]);
    }

    #[test]
    fn tests_are_told_from_what_ships() {
        let text =
            "fn a() {\n  b();\n}\n#[cfg(test)]\nmod tests {\n  fn c() {\n  }\n}\nfn d();\n#[cfg(test)]\nmod far;\n";
        let source = RustSource::new(text);
        assert_eq!(source.functions(), [Function { name: "a".to_owned(), line: 1, lines: 3 }]);
        assert_eq!(source.test_files, ["far"]);
        assert!(source.is_test(6) && source.is_test(8) && !source.is_test(9));
    }

    #[test]
    fn a_function_begins_at_its_name_and_ends_at_its_brace() {
        let text = "pub const fn a<const N: usize>(x: [u8; 3]) -> fn(u8) -> u8\nwhere\n{\n  if x { y } else { z }\n}\n";
        assert_eq!(RustSource::new(text).functions(), [Function { name: "a".to_owned(), line: 1, lines: 5 }]);
    }
}
