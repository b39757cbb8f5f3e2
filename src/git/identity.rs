//! Who commits.

use super::error::Doing;
use super::{GitError, Repo};

/// A person as git knows them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identity {
    /// The name.
    pub name: String,
    /// The mail address.
    pub email: String,
}

impl Identity {
    /// Somebody.
    pub fn new(name: impl Into<String>, email: impl Into<String>) -> Self {
        Identity { name: name.into(), email: email.into() }
    }

    /// The person at a time, in libgit2's terms.
    pub(super) fn at(&self, time: git2::Time) -> Result<git2::Signature<'static>, GitError> {
        let bad = || GitError::BadIdentity { name: self.name.clone(), email: self.email.clone() };
        let odd = |text: &str| text.trim().is_empty() || text.contains(['<', '>', '\n', '\0']);
        if odd(&self.name) || odd(&self.email) {
            return Err(bad());
        }
        git2::Signature::new(&self.name, &self.email, &time).map_err(|_| bad())
    }
}

impl Repo {
    /// The user of this repository, by the rules of git: variables first, then `author.*`, then `user.*`.
    pub fn identity(&self) -> Result<Identity, GitError> {
        let config = self.config()?;
        let setting = |keys: [&str; 2]| {
            keys.iter().find_map(|key| config.get_string(key).ok().filter(|value| !value.trim().is_empty()))
        };
        let environment = self.environment();
        let name = environment.author_name.clone().or_else(|| setting(["author.name", "user.name"]));
        let email = environment.author_email.clone().or_else(|| setting(["author.email", "user.email"]));
        let email = email.or_else(|| environment.email.clone());
        match (name, email) {
            (Some(name), Some(email)) => Ok(Identity { name, email }),
            (None, _) => Err(GitError::NoIdentity { key: "user.name", example: "Your Name" }),
            (_, None) => Err(GitError::NoIdentity { key: "user.email", example: "you@example.com" }),
        }
    }

    /// Writes a setting of this repository, such as `user.name`.
    pub fn set(&self, key: &str, value: &str) -> Result<(), GitError> {
        let own = git2::Config::open(&self.common_dir().join("config"));
        own.and_then(|mut own| own.set_str(key, value)).doing("writing git's settings")
    }

    /// The settings as they are at this moment.
    pub(super) fn config(&self) -> Result<git2::Config, GitError> {
        self.git.config().and_then(|mut config| config.snapshot()).doing("reading git's settings")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::Environment;
    use crate::git::sandbox::Sandbox;

    #[test]
    fn nobody_is_an_error_that_names_the_command() {
        let sandbox = Sandbox::new();
        sandbox.git(&["config", "--unset", "user.name"]);
        let error = sandbox.repo().identity().unwrap_err().to_string();
        assert!(error.contains("git config --global user.name \"Your Name\""), "{error}");
        // The very repository that complained sees the remedy.
        let repo = sandbox.repo();
        assert!(repo.identity().is_err());
        sandbox.git(&["config", "user.name", "Lena Vogt"]);
        assert_eq!(repo.identity().unwrap(), Identity::new("Lena Vogt", "lena@example.com"));
        sandbox.git(&["config", "user.email", " "]);
        assert!(repo.identity().unwrap_err().to_string().contains("user.email"));
    }

    #[test]
    fn variables_win() {
        let sandbox = Sandbox::new();
        let environment = Environment {
            author_name: Some("Jonas".into()),
            email: Some("x@y".into()),
            ..Environment::isolated()
        };
        let repo = Repo::discover(sandbox.path(), environment).unwrap();
        assert_eq!(repo.identity().unwrap(), Identity::new("Jonas", "lena@example.com"));
    }

    #[test]
    fn what_git_cannot_store_is_refused() {
        for (name, email) in [("", "a@b"), ("A", " "), ("A <x>", "a@b"), ("A", "a@b\nparent x")] {
            let identity = Identity::new(name, email);
            assert!(identity.at(git2::Time::new(0, 0)).is_err(), "{identity:?}");
        }
    }
}
