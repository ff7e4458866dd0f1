//! The link's proofs: what crosses arrives, what is damaged does not, and no death and no order of events hurts.

#[cfg(not(any(loom, shuttle)))]
mod both_ends;
#[cfg(not(any(loom, shuttle)))]
mod crossing;
#[cfg(not(any(loom, shuttle)))]
mod death;
#[cfg(not(loom))]
mod dice;
#[cfg(loom)]
mod exhaustive;
#[cfg(all(shuttle, not(loom)))]
mod random_orders;
#[cfg(not(any(loom, shuttle)))]
mod threads;
