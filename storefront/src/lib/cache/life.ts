/**
 * How long what is the same for all shoppers is kept, in seconds: until the backend tells of a change
 * (`POST /api/revalidate`), and where it couldn't, for five minutes; whoever comes next may see it a last time,
 * while it is made anew, but nobody after ten.
 */
export const SHARED_LIFE = { revalidate: 300, expire: 600 }

/**
 * How long what the search index answered is kept. Nobody tells of a change of the index, which follows a
 * product within seconds: so it is kept as long as a front page that many look at is worth.
 */
export const INDEX_LIFE = { revalidate: 10, expire: 15 }
