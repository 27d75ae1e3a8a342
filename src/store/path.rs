//! How a user id becomes a path.
