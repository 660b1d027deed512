/** How much more a dollar outside of a band counts than one between the band and the target. */
const OUTSIDE = 4
/** Cents by which a value may miss a target and count as on it. */
const TOLERANCE = 50

/** The worth that each class may have and should have, in cents. */
export interface ClassGoals {
  readonly lower: Float64Array
  readonly goal: Float64Array
  readonly upper: Float64Array
}

/**
 * How far classes are from their goals, as a convex function of their values: the distances to the targets (unless the edge of a band is all that is
 * wanted), and four times the distances outside of the bands. It is linear between the goals, so that an exchange is worth the same per dollar until one of its
 * classes comes to a target or an edge.
 */
export class Gap {
  goals: ClassGoals
  private readonly inner: number
  readonly values: Float64Array

  constructor(goals: ClassGoals, values: Float64Array, isToTarget: boolean) {
    this.goals = goals
    this.values = values
    this.inner = isToTarget ? 1 : 0
  }

  /** What a dollar more, or less, in some classes takes away from the distances. */
  benefit(change: Float64Array): number {
    const { goal, lower, upper } = this.goals
    let benefit = 0
    for (let index = 0; index < change.length; index += 1) {
      const by = change[index]!
      if (by === 0) continue
      const value = this.values[index]!
      if (by > 0) {
        const near = value < goal[index]! - TOLERANCE ? this.inner : -this.inner
        const far = value < lower[index]! - TOLERANCE ? OUTSIDE : value >= upper[index]! - TOLERANCE ? -OUTSIDE : 0
        benefit += by * (near + far)
      } else {
        const near = value > goal[index]! + TOLERANCE ? this.inner : -this.inner
        const far = value > upper[index]! + TOLERANCE ? OUTSIDE : value <= lower[index]! + TOLERANCE ? -OUTSIDE : 0
        benefit -= by * (near + far)
      }
    }
    return benefit
  }

  /** The cents for which the benefit of a change stays the same. */
  reach(change: Float64Array): number {
    const { goal, lower, upper } = this.goals
    let reach = Number.POSITIVE_INFINITY
    for (let index = 0; index < change.length; index += 1) {
      const by = change[index]!
      if (Math.abs(by) < 1e-9) continue
      for (const point of [lower, goal, upper]) {
        const distance = (point[index]! - this.values[index]!) * Math.sign(by)
        if (distance > TOLERANCE) reach = Math.min(reach, distance / Math.abs(by))
      }
    }
    return reach
  }

  /** The cents, up to a limit, for which a change is worth at least something, however its worth changes on the way. */
  extent(change: Float64Array, least: number, limit: number): number {
    const ahead = new Gap(this.goals, this.values.slice(), this.inner > 0)
    let cents = 0
    while (cents < limit && ahead.benefit(change) >= least) {
      const reach = ahead.reach(change)
      ahead.move(change, reach)
      cents += reach
    }
    return Math.min(cents, limit)
  }

  /** How far below their targets the classes of a change are, each by its part of it. */
  need(change: Float64Array): number {
    let need = 0
    for (let index = 0; index < change.length; index += 1) need += change[index]! * (this.goals.goal[index]! - this.values[index]!)
    return need
  }

  move(change: Float64Array, cents: number): void {
    for (let index = 0; index < change.length; index += 1) this.values[index]! += change[index]! * cents
  }
}
