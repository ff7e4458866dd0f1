//! The link's proofs: what crosses arrives, what is damaged does not, and no death and no order of events hurts.

#[cfg(not(loom))]
mod both_ends;
#[cfg(not(loom))]
mod crossing;
#[cfg(not(loom))]
mod death;
#[cfg(not(loom))]
mod dice;
#[cfg(loom)]
mod exhaustive;
#[cfg(not(loom))]
mod threads;
