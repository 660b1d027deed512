/** A binary heap. It says where each item is, so that an item in its middle can change or leave in logarithmic time. */
export class Heap<T> {
  private readonly items: T[] = []
  private readonly isBefore: (one: T, other: T) => boolean
  private readonly moved: (item: T, at: number) => void

  /**
   * @param isBefore a strict order
   * @param moved called with each new place of an item
   */
  constructor(isBefore: (one: T, other: T) => boolean, moved: (item: T, at: number) => void) {
    this.isBefore = isBefore
    this.moved = moved
  }

  /** The item before all others. */
  get top(): T | undefined {
    return this.items[0]
  }

  [Symbol.iterator](): Iterator<T> {
    return this.items[Symbol.iterator]()
  }

  push(item: T): void {
    this.items.push(item)
    this.rise(item, this.items.length - 1)
  }

  removeAt(at: number): void {
    const last = this.items.pop()!
    if (at < this.items.length) this.settle(last, at)
  }

  /** Puts an item in order again that has changed. */
  changedAt(at: number): void {
    this.settle(this.items[at]!, at)
  }

  private settle(item: T, at: number): void {
    if (at > 0 && this.isBefore(item, this.items[(at - 1) >> 1]!)) this.rise(item, at)
    else this.sink(item, at)
  }

  private rise(item: T, start: number): void {
    let at = start
    while (at > 0) {
      const parent = this.items[(at - 1) >> 1]!
      if (!this.isBefore(item, parent)) break
      this.put(parent, at)
      at = (at - 1) >> 1
    }
    this.put(item, at)
  }

  private sink(item: T, start: number): void {
    const { items } = this
    let at = start
    for (let child = 2 * at + 1; child < items.length; child = 2 * at + 1) {
      if (child + 1 < items.length && this.isBefore(items[child + 1]!, items[child]!)) child += 1
      if (!this.isBefore(items[child]!, item)) break
      this.put(items[child]!, at)
      at = child
    }
    this.put(item, at)
  }

  private put(item: T, at: number): void {
    this.items[at] = item
    this.moved(item, at)
  }
}
