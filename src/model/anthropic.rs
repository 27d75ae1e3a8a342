//! stub
/// stub
#[derive(Debug)]
pub struct Anthropic;
