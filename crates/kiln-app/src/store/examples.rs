//! The profiles a new controller comes with.

/// The format of a profile document.
pub const FORMAT: u16 = 1;

/// Names and documents.
pub(super) const ALL: [(&str, &[u8]); 4] = [
    ("bisque-cone-04", include_bytes!("../../../../examples/profiles/bisque-cone-04.json")),
    (
        "crystalline-controlled-cooling",
        include_bytes!("../../../../examples/profiles/crystalline-controlled-cooling.json"),
    ),
    ("glass-full-fuse", include_bytes!("../../../../examples/profiles/glass-full-fuse.json")),
    ("glaze-cone-6", include_bytes!("../../../../examples/profiles/glaze-cone-6.json")),
];
