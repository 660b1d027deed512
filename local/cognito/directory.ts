import { UserPoolError } from './errors.ts'
import { type Group, type PoolState, readPoolState, type User, writePoolState } from './state-file.ts'

const sameEmail = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/**
 * The users and groups of the pool. If a file is given, a change takes effect only after it is written; if writing fails, nothing changes.
 * Changes must not overlap: the server runs one operation at a time.
 */
export class Directory {
  #state: PoolState
  readonly #stateFile: string | undefined
  readonly #clock: () => number

  private constructor(state: PoolState, stateFile: string | undefined, clock: () => number) {
    this.#state = state
    this.#stateFile = stateFile
    this.#clock = clock
  }

  /** Opens the directory stored in this file, or one in memory if no file is given. @throws Error naming the file when it is damaged. */
  static async open(stateFile: string | undefined, clock: () => number): Promise<Directory> {
    const state: PoolState = stateFile ? await readPoolState(stateFile) : { version: 1, users: [], groups: [] }
    return new Directory(state, stateFile, clock)
  }

  get users(): readonly User[] {
    return this.#state.users
  }

  get groups(): readonly Group[] {
    return this.#state.groups
  }

  /** The user with this username: the `sub`, or the email address in any case. */
  find(username: string): User | undefined {
    return this.users.find(user => user.sub === username || sameEmail(user.email, username))
  }

  /** @throws UserPoolError UserNotFoundException */
  get(username: string): User {
    const user = this.find(username)
    if (!user) throw new UserPoolError('UserNotFoundException', 'User does not exist.')
    return user
  }

  /** Adds a user. */
  async insert(user: Omit<User, 'createdAtMs' | 'updatedAtMs'>): Promise<User> {
    const now = this.#clock()
    const inserted: User = { ...user, createdAtMs: now, updatedAtMs: now }
    await this.#save({ users: [...this.users, inserted] })
    return inserted
  }

  /** Changes some fields of a user, and returns the changed user. */
  async update(user: User, changes: Partial<User>): Promise<User> {
    const updated: User = { ...user, ...changes, updatedAtMs: this.#clock() }
    await this.#save({ users: this.users.map(other => (other.sub === user.sub ? updated : other)) })
    return updated
  }

  /** Removes a user. */
  async remove(user: User): Promise<void> {
    await this.#save({ users: this.users.filter(other => other.sub !== user.sub) })
  }

  /** Adds a group. */
  async insertGroup(group: Omit<Group, 'createdAtMs' | 'updatedAtMs'>): Promise<Group> {
    const now = this.#clock()
    const inserted: Group = { ...group, createdAtMs: now, updatedAtMs: now }
    await this.#save({ groups: [...this.groups, inserted] })
    return inserted
  }

  async #save(changes: Partial<PoolState>): Promise<void> {
    const next: PoolState = { ...this.#state, ...changes }
    if (this.#stateFile) writePoolState(this.#stateFile, next)
    this.#state = next
  }
}
