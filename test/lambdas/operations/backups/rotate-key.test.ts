import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileKeys, rotateKeyFile } from '../../../../lambdas/operations/backups/keys.ts'
import type { ObjectStore } from '../../../../lambdas/runtime/object-store.ts'
import { makePlace, type TestPlace } from './place.ts'

let place: TestPlace
const ids = [randomUUID(), randomUUID(), randomUUID()]
let dataKeys: Uint8Array[]
beforeEach(async () => {
  place = makePlace()
  dataKeys = []
  for (const id of ids) dataKeys.push(await place.keys.make(id))
})
afterEach(() => place.remove())

const readAll = () => Promise.all(ids.map(id => place.keys.read(id)))
const keyFile = () => readFileSync(place.keyFile, 'utf8')

describe('a new key file', () => {
  it('opens all backups, which the old one no longer does', async () => {
    const old = keyFile()
    const { changed, refused } = await rotateKeyFile(place.keyFile, place.store)
    expect([changed.toSorted(), refused]).toEqual([ids.toSorted(), []])
    expect(await readAll()).toEqual(dataKeys)
    expect(keyFile()).not.toBe(old)
    expect(statSync(place.keyFile).mode & 0o777).toBe(0o600)
    expect(existsSync(`${place.keyFile}.next`)).toBe(false)
    const made = await place.keys.make(randomUUID())
    expect(made).toHaveLength(32)

    const elsewhere = `${place.keyFile}.old`
    writeFileSync(elsewhere, old)
    for (const id of ids) await expect(fileKeys(elsewhere, place.store).read(id)).rejects.toThrow('is not the one with which')
  })

  it('that was not made to the end leaves all backups readable, and is completed by the next call', async () => {
    let puts = 0
    const stopping: ObjectStore = {
      ...place.store,
      put: (key, bytes) => (puts++ === 1 ? Promise.reject(new Error('Stopped.')) : place.store.put(key, bytes)),
    }
    const old = keyFile()
    await expect(rotateKeyFile(place.keyFile, stopping)).rejects.toThrow('Stopped.')
    expect(keyFile()).toBe(old)
    expect(await readAll()).toEqual(dataKeys)
    // A backup of between gets the old key, and the new one by the next call.
    const between = randomUUID()
    const betweenKey = await place.keys.make(between)
    expect((await rotateKeyFile(place.keyFile, place.store)).changed.toSorted()).toEqual([...ids, between].toSorted())
    expect([...(await readAll()), await place.keys.read(between)]).toEqual([...dataKeys, betweenKey])
    expect(keyFile()).not.toBe(old)
  })

  it('leaves a key alone that is of another file, and names its backup', async () => {
    const foreign = randomUUID()
    await fileKeys(`${place.keyFile}.foreign`, place.store).make(foreign)
    expect(await rotateKeyFile(place.keyFile, place.store)).toMatchObject({ refused: [foreign] })
    await expect(place.keys.read(foreign)).rejects.toThrow('is not the one with which')
    expect(await fileKeys(`${place.keyFile}.foreign`, place.store).read(foreign)).toHaveLength(32)
  })

  it('needs an old one', async () => {
    await expect(rotateKeyFile(`${place.keyFile}.none`, place.store)).rejects.toThrow('is missing')
    expect(existsSync(`${place.keyFile}.none.next`)).toBe(false)
  })
})
