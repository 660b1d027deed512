import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { loadMeter } from '../../local/request-meter.ts'

test('the time to come back follows the latest requests, and those in progress when they are slower', () => {
  let now = 0
  const meter = loadMeter(2, () => now)
  const begin = () => {
    const response = new EventEmitter()
    meter.begin(response)
    return () => void response.emit('close')
  }
  expect([meter.isFull(), meter.retryAfterSeconds()]).toEqual([false, 1])
  const [first, second] = [begin(), begin()]
  expect(meter.isFull()).toBe(true)
  now = 8_000
  expect(meter.retryAfterSeconds()).toBe(8)
  first()
  second()
  expect([meter.isFull(), meter.retryAfterSeconds()]).toEqual([false, 8])
  for (let count = 0; count < 60; count += 1) begin()()
  expect(meter.retryAfterSeconds()).toBe(1)
})
