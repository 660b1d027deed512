/**
 * Items in order that are looked at from the first on, and leave when they are of no use any more. A look costs as much as the items that it
 * visits, however many there are.
 */
export class ScanList<T> {
  private readonly items: T[] = []
  private first = 0

  get isEmpty(): boolean {
    return this.first === this.items.length
  }

  push(item: T): void {
    this.items.push(item)
  }

  /** Adds an item before those at the end that come after it. */
  insert(item: T, isAfter: (other: T) => boolean): void {
    const { items } = this
    let at = items.length
    while (at > this.first && isAfter(items[at - 1]!)) at -= 1
    if (at === items.length) items.push(item)
    else items.splice(at, 0, item)
  }

  forEach(work: (item: T) => void): void {
    for (let index = this.first; index < this.items.length; index += 1) work(this.items[index]!)
  }

  /**
   * Visits items from the first on.
   * @param isDone says before each visit that no more are wanted
   * @param visit returns whether the item stays
   */
  scan(isDone: () => boolean, visit: (item: T) => boolean): void {
    const { first, items } = this
    let index = first
    let kept = first
    for (; index < items.length && !isDone(); index += 1) {
      const item = items[index]!
      if (visit(item)) items[kept++] = item
    }
    // Those that stay move up to the ones that were not visited.
    items.copyWithin(index - (kept - first), first, kept)
    this.first = index - (kept - first)
  }
}
