import { expect, test } from 'vitest'
import { ScanList } from '../../../../domain/wealth/lots/scan-list.ts'

const itemsOf = (list: ScanList<number>): number[] => {
  const items: number[] = []
  list.forEach(item => items.push(item))
  return items
}

test('items that a visit does not keep leave, and those behind the last visit stay', () => {
  const list = new ScanList<number>()
  for (const item of [1, 2, 3, 4, 5, 6]) list.push(item)
  const seen: number[] = []
  list.scan(
    () => seen.length === 4,
    item => {
      seen.push(item)
      return item % 2 === 0
    },
  )
  expect(seen).toEqual([1, 2, 3, 4])
  expect(itemsOf(list)).toEqual([2, 4, 5, 6])
  list.scan(
    () => false,
    () => false,
  )
  expect(list.isEmpty).toBe(true)
})

test('an item comes in before those that are after it, of equal ones behind the others', () => {
  const list = new ScanList<number>()
  for (const item of [10, 30, 20, 25, 5]) list.insert(item, other => other > item)
  expect(itemsOf(list)).toEqual([5, 10, 20, 25, 30])
})
