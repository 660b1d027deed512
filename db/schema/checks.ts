/** A rule about stored rows that no constraint holds, or that can be broken past its constraint. */
export interface DataCheck {
  /** Its name: `planning.runs/result-hash`. */
  readonly id: string
  /** The table whose rows can break it. */
  readonly table: string
  /** What holds for every row, in one sentence. */
  readonly sentence: string
  /**
   * A SELECT of the rows that break it, with the columns `key` and `detail`, both text. It runs as nestegg_owner in a read-only transaction
   * that reads the rows of all owners.
   */
  readonly find: string
  /**
   * A statement that repairs all of these rows without losing what a user has entered. It runs as nestegg_owner in a transaction of its own.
   * Left out: a person has to decide.
   */
  readonly repair?: string
}
