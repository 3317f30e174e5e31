//! Numbers that look random and are the same for the same seed (`SplitMix64`).
//! Nothing secret may ever come from here.

/// A row of numbers.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    /// The row of one record, whatever records were made before it.
    pub(super) fn of(seed: u64, record: u64) -> Self {
        // Mixed, so that no row is another's one place on.
        let start = Self(seed).next() ^ record;
        Self(Self(start).next())
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 where there is none.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next().checked_rem(end).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub(super) fn percent(&mut self, times: u64) -> bool {
        self.below(100) < times
    }

    /// One of them; none where there are none.
    pub(super) fn pick<'t, T>(&mut self, of: &'t [T]) -> Option<&'t T> {
        let place = self.below(of.len() as u64);
        usize::try_from(place).ok().and_then(|place| of.get(place))
    }

    /// So many bytes.
    pub(super) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for part in bytes.chunks_mut(8) {
            let number = self.next().to_le_bytes();
            part.iter_mut().zip(number).for_each(|(byte, drawn)| *byte = drawn);
        }
        bytes
    }
}
