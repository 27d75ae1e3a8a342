//! In memory, for tests.
use std::path::PathBuf;

/// In memory, for tests.
#[derive(Debug)]
pub struct Memory(PathBuf);
impl Memory {
    /// A store in this folder, made when it is first written to.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }
}
#[async_trait::async_trait]
impl super::Store for Memory {
    async fn get(&self, _: &super::Key) -> Result<Option<Vec<u8>>, super::Error> {
        unimplemented!()
    }
    async fn update(&self, _: &super::Key, _: super::Change<'_>) -> Result<(), super::Error> {
        unimplemented!()
    }
    async fn append(
        &self,
        _: &super::Key,
        _: &[Vec<u8>],
        _: super::Durability,
    ) -> Result<(), super::Error> {
        unimplemented!()
    }
    async fn read(&self, _: &super::Key) -> Result<Vec<Vec<u8>>, super::Error> {
        unimplemented!()
    }
    async fn list(&self, _: &super::Scope) -> Result<Vec<super::Key>, super::Error> {
        unimplemented!()
    }
    async fn delete(&self, _: &super::Key) -> Result<bool, super::Error> {
        unimplemented!()
    }
    async fn hold(&self, _: &super::Key) -> Result<Option<super::Hold>, super::Error> {
        unimplemented!()
    }
    fn place(&self, _: &super::Key) -> String {
        self.0.display().to_string()
    }
}
