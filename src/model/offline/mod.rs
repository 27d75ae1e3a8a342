//! stub
/// stub
#[derive(Debug)]
pub struct Offline;
