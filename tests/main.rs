//! What a user would notice, through the public faces. One binary, so that it links once.
#![cfg(test)]

mod agent;
mod architecture;
mod chat;
mod commands;
mod readme;
mod support;
mod wire;
