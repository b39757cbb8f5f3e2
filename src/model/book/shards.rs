//! A map of sorted lists that is cheap to clone and cheap to change: 64 shards behind `Arc`s, of which a
//! change copies one.

use rustc_hash::{FxBuildHasher, FxHashMap};
use std::borrow::Borrow;
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

const SHARDS: usize = 64;

/// Keys to sorted, duplicate-free lists of values. Keys without values are not kept.
#[derive(Debug, Clone)]
pub struct Shards<K, V>(Vec<Arc<FxHashMap<K, Vec<V>>>>);

impl<K, V> Default for Shards<K, V> {
    fn default() -> Self {
        Self((0..SHARDS).map(|_| Arc::new(FxHashMap::default())).collect())
    }
}

impl<K: Hash + Eq + Clone, V: Ord + Clone> Shards<K, V> {
    fn shard<Q: Hash + ?Sized>(key: &Q) -> usize {
        (FxBuildHasher.hash_one(key) >> 58) as usize % SHARDS
    }

    /// The values under `key`, sorted.
    pub fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> &[V]
    where
        K: Borrow<Q>,
    {
        self.0[Self::shard(key)].get(key).map_or(&[], Vec::as_slice)
    }

    /// Adds a value; nothing happens where it is there already.
    pub fn insert(&mut self, key: K, value: V) {
        let shard = Self::shard(&key);
        let list = Arc::make_mut(&mut self.0[shard]).entry(key).or_default();
        if let Err(at) = list.binary_search(&value) {
            list.insert(at, value);
        }
    }

    /// Adds all these, which come in several parts, at the ends of their lists; [`Shards::tidy`] has to follow.
    pub fn fill(&mut self, parts: Vec<Vec<(K, V)>>) {
        for (key, value) in parts.into_iter().flatten() {
            let shard = Self::shard(&key);
            let list = Arc::make_mut(&mut self.0[shard]).entry(key);
            // Most lists stay at one.
            list.or_insert_with(|| Vec::with_capacity(1)).push(value);
        }
    }

    /// Puts the lists in order and gives back what they do not need.
    pub fn tidy(&mut self) {
        for shard in self.0.iter_mut().map(Arc::make_mut) {
            for list in shard.values_mut() {
                list.sort_unstable();
                list.dedup();
                list.shrink_to_fit();
            }
            shard.shrink_to_fit();
        }
    }

    /// Removes a value; nothing happens where it is not there.
    pub fn remove<Q: Hash + Eq + ?Sized>(&mut self, key: &Q, value: &V)
    where
        K: Borrow<Q>,
    {
        let shard = Self::shard(key);
        if self.0[shard].get(key).is_none_or(|list| list.binary_search(value).is_err()) {
            return;
        }
        let map = Arc::make_mut(&mut self.0[shard]);
        if let Some(list) = map.get_mut(key) {
            list.retain(|v| v != value);
            if list.is_empty() {
                map.remove(key);
            }
        }
    }

    /// Everything, in key order: for comparing two maps.
    #[cfg(test)]
    pub fn sorted(&self) -> Vec<(K, Vec<V>)>
    where
        K: Ord,
    {
        let mut all: Vec<_> =
            self.0.iter().flat_map(|s| s.iter().map(|(k, v)| (k.clone(), v.clone()))).collect();
        all.sort();
        all
    }
}
