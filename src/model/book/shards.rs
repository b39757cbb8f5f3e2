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
        Self(vec![Arc::default(); SHARDS])
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

    /// All these lists. The values under one key come in order.
    pub fn filled(held: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut maps: Vec<FxHashMap<K, Vec<V>>> = (0..SHARDS).map(|_| FxHashMap::default()).collect();
        for (key, value) in held {
            // Most lists stay at one.
            let list = maps[Self::shard(&key)].entry(key).or_insert_with(|| Vec::with_capacity(1));
            if list.last() != Some(&value) {
                list.push(value);
            }
        }
        for map in &mut maps {
            map.values_mut().for_each(Vec::shrink_to_fit);
            map.shrink_to_fit();
        }
        Self(maps.into_iter().map(Arc::new).collect())
    }

    /// These lists, each of them in order.
    pub fn of_lists(lists: impl IntoIterator<Item = (K, Vec<V>)>) -> Self {
        let mut maps: Vec<FxHashMap<K, Vec<V>>> = (0..SHARDS).map(|_| FxHashMap::default()).collect();
        for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            maps[Self::shard(&key)].insert(key, list);
        }
        Self(maps.into_iter().map(Arc::new).collect())
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
