//! The network of the board: two stacks, the connections of the page, and the small services beside it.

pub(crate) mod leases;
pub(crate) mod name;
pub(crate) mod page;
pub(crate) mod portal;
pub(crate) mod stacks;
pub(crate) mod time;
