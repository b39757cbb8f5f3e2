//! One true colour, and what can be said about it: contrast, nearness, and its nearest poorer relatives.

use std::{fmt, str::FromStr, sync::LazyLock};

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The fixed colours (16 to 255) of a 256-colour terminal in OKLab: every colour of every theme is compared with all.
static FIXED: LazyLock<Vec<[f64; 3]>> =
    LazyLock::new(|| (16..=255).map(|index| Rgb::of_256(index).oklab()).collect());

/// The squared distance of two colours in OKLab.
fn apart(a: [f64; 3], b: [f64; 3]) -> f64 {
    (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2) + (a[2] - b[2]).powi(2)
}

/// A text is not a colour.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a colour: write #rrggbb")]
pub struct NotAColor(String);

impl Rgb {
    /// Relative luminance as WCAG 2 defines it, 0.0 (black) to 1.0 (white).
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// The WCAG 2 contrast ratio between two colours, 1.0 to 21.0, whichever is the lighter.
    pub fn contrast(self, other: Rgb) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The colour `share` of the way from this one to another: 0.0 is this one, 1.0 the other.
    pub fn mix(self, other: Rgb, share: f64) -> Rgb {
        let blend = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
        Rgb(blend(self.0, other.0), blend(self.1, other.1), blend(self.2, other.2))
    }

    /// How different two colours look: the squared distance in OKLab.
    pub fn distance(self, other: Rgb) -> f64 {
        apart(self.oklab(), other.oklab())
    }

    /// Lightness (0.0 to 1.0), chroma (0.0 for greys, about 0.3 for the purest) and hue in degrees, in OKLab.
    pub fn lightness_chroma_hue(self) -> (f64, f64, f64) {
        let [l, a, b] = self.oklab();
        (l, a.hypot(b), b.atan2(a).to_degrees().rem_euclid(360.0))
    }

    /// The nearest of the 240 fixed colours (16 to 255) of a 256-colour terminal.
    pub fn nearest_of_256(self) -> u8 {
        let own = self.oklab();
        let mut best = (f64::MAX, 16);
        for (index, fixed) in (16..=255).zip(FIXED.iter()) {
            let distance = apart(own, *fixed);
            if distance < best.0 {
                best = (distance, index);
            }
        }
        best.1
    }

    /// What a 256-colour terminal shows for an index; the first 16 as xterm has them.
    pub fn of_256(index: u8) -> Rgb {
        const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
        match index {
            0..=15 => SIXTEEN[usize::from(index)],
            16..=231 => {
                let cube = usize::from(index - 16);
                Rgb(LEVELS[cube / 36], LEVELS[cube / 6 % 6], LEVELS[cube % 6])
            }
            232..=255 => {
                let grey = 8 + 10 * (index - 232);
                Rgb(grey, grey, grey)
            }
        }
    }

    fn linear(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// Björn Ottosson's OKLab, where equal distances look equally far apart.
    fn oklab(self) -> [f64; 3] {
        let [r, g, b] = self.linear();
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        [
            0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        ]
    }
}

impl FromStr for Rgb {
    type Err = NotAColor;

    fn from_str(text: &str) -> Result<Rgb, NotAColor> {
        let channels = || {
            let digits = text.strip_prefix('#')?;
            if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
                return None;
            }
            let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
            Some(Rgb(channel(0)?, channel(2)?, channel(4)?))
        };
        channels().ok_or_else(|| NotAColor(text.to_owned()))
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// The sixteen named colours as xterm shows them.
const SIXTEEN: [Rgb; 16] = [
    Rgb(0x00, 0x00, 0x00),
    Rgb(0xcd, 0x00, 0x00),
    Rgb(0x00, 0xcd, 0x00),
    Rgb(0xcd, 0xcd, 0x00),
    Rgb(0x00, 0x00, 0xee),
    Rgb(0xcd, 0x00, 0xcd),
    Rgb(0x00, 0xcd, 0xcd),
    Rgb(0xe5, 0xe5, 0xe5),
    Rgb(0x7f, 0x7f, 0x7f),
    Rgb(0xff, 0x00, 0x00),
    Rgb(0x00, 0xff, 0x00),
    Rgb(0xff, 0xff, 0x00),
    Rgb(0x5c, 0x5c, 0xff),
    Rgb(0xff, 0x00, 0xff),
    Rgb(0x00, 0xff, 0xff),
    Rgb(0xff, 0xff, 0xff),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let (black, white) = (Rgb(0, 0, 0), Rgb(255, 255, 255));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        assert!((white.contrast(white) - 1.0).abs() < 1e-9);
        // #777777 on white is the textbook near miss of 4.5.
        assert!((Rgb(0x77, 0x77, 0x77).contrast(white) - 4.478).abs() < 0.001);
    }

    #[test]
    fn a_fixed_colour_is_its_own_nearest() {
        for index in 16..=255u8 {
            let color = Rgb::of_256(index);
            assert_eq!(Rgb::of_256(color.nearest_of_256()), color, "{index}");
        }
    }

    #[test]
    fn reads_what_it_writes_and_nothing_else() {
        assert_eq!("#0a1Bff".parse(), Ok(Rgb(10, 27, 255)));
        assert_eq!(Rgb(10, 27, 255).to_string(), "#0a1bff");
        for wrong in ["", "#fff", "0a1bff", "#0a1bfg", "#0a1bff0", "#äöü", "#+a1bff"] {
            assert!(wrong.parse::<Rgb>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn hues_are_where_the_eye_finds_them() {
        let hue = |color: Rgb| color.lightness_chroma_hue().2.round() as i32;
        assert_eq!(hue(Rgb(255, 0, 0)), 29);
        assert_eq!(hue(Rgb(0, 255, 0)), 142);
        assert_eq!(hue(Rgb(0, 0, 255)), 264);
        assert!(Rgb(128, 128, 128).lightness_chroma_hue().1 < 0.001);
    }
}
