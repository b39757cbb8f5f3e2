//! The formats other programs speak, and what their data becomes here. Bytes in, change sets out: the layer reads no
//! file by itself and changes nothing.

pub mod csv;
pub mod import;
