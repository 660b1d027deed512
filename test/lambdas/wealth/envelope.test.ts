import { mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DecryptCommand, GenerateDataKeyCommand, KMSClient, ReEncryptCommand } from '@aws-sdk/client-kms'
import { mockClient } from 'aws-sdk-client-mock'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  fileWrappingKey,
  kmsWrappingKey,
  makeNextKeyFile,
  openSecret,
  sealSecret,
  type SecretPlace,
} from '../../../lambdas/wealth/secrets/envelope.ts'

const place: SecretPlace = { householdId: crypto.randomUUID(), kind: 'plaid-access-token', id: crypto.randomUUID() }
const secret = 'access-sandbox-4f6e'

describe('with a key file', () => {
  let folder: string
  let path: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nestegg-key-'))
    path = join(folder, 'keys', 'credential.key')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('a secret can be read in its row only, and each has a key of its own', async () => {
    const key = fileWrappingKey(path)
    const sealed = await sealSecret(secret, place, key)
    expect(await openSecret(sealed, place, key)).toBe(secret)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(JSON.stringify(sealed)).not.toContain(secret)
    expect(Buffer.from(sealed.sealed, 'base64').includes(Buffer.from(secret))).toBe(false)
    const other = await sealSecret(secret, place, key)
    expect(other.wrappedKey).not.toBe(sealed.wrappedKey)
    expect(other.sealed).not.toBe(sealed.sealed)
    for (const elsewhere of [
      { ...place, id: crypto.randomUUID() },
      { ...place, householdId: crypto.randomUUID() },
      { ...place, kind: 'account-credential' as const },
    ])
      await expect(openSecret(sealed, elsewhere, key)).rejects.toThrow('was changed')
    await expect(openSecret({ ...sealed, sealed: other.sealed }, place, key)).rejects.toThrow('was changed')
  })

  test('a changed bit is refused, and a missing file is named', async () => {
    const key = fileWrappingKey(path)
    const sealed = await sealSecret(secret, place, key)
    const bytes = Buffer.from(sealed.sealed, 'base64')
    bytes[14]! ^= 1
    await expect(openSecret({ ...sealed, sealed: bytes.toString('base64') }, place, key)).rejects.toThrow('was changed')
    rmSync(path)
    await expect(openSecret(sealed, place, key)).rejects.toThrow(path)
  })

  test('a rotation re-wraps the data key and leaves the secret as it is', async () => {
    const key = fileWrappingKey(path)
    const sealed = await sealSecret(secret, place, key)
    await makeNextKeyFile(path)
    expect(await openSecret(sealed, place, key)).toBe(secret)
    const rewrapped = { ...sealed, ...(await key.rewrap(sealed, place)) }
    expect(rewrapped.keyId).not.toBe(sealed.keyId)
    expect(await openSecret(rewrapped, place, key)).toBe(secret)
    const next = readFileSync(`${path}.next`, 'utf8')
    await makeNextKeyFile(path)
    expect(readFileSync(`${path}.next`, 'utf8')).toBe(next)
    renameSync(`${path}.next`, path)
    expect(await openSecret(rewrapped, place, key)).toBe(secret)
    await expect(openSecret(sealed, place, key)).rejects.toThrow('not the one that encrypted')
  })
})

describe('with a key in KMS', () => {
  const client = mockClient(KMSClient)
  afterEach(() => client.reset())
  const context = { householdId: place.householdId, kind: place.kind, id: place.id }

  test('the row is the encryption context', async () => {
    const dataKey = randomBytes(32)
    client.on(GenerateDataKeyCommand).resolves({ Plaintext: dataKey, CiphertextBlob: Buffer.from('wrapped'), KeyId: 'arn:key' })
    client.on(DecryptCommand).resolves({ Plaintext: dataKey })
    client.on(ReEncryptCommand).resolves({ CiphertextBlob: Buffer.from('again'), KeyId: 'arn:key' })
    const key = kmsWrappingKey('arn:key', new KMSClient())
    const sealed = await sealSecret(secret, place, key)
    expect(sealed).toMatchObject({ keyId: 'arn:key', wrappedKey: Buffer.from('wrapped').toString('base64') })
    expect(await openSecret(sealed, place, key)).toBe(secret)
    expect(client.commandCalls(GenerateDataKeyCommand)[0]!.args[0].input).toEqual({
      KeyId: 'arn:key',
      KeySpec: 'AES_256',
      EncryptionContext: context,
    })
    expect(client.commandCalls(DecryptCommand)[0]!.args[0].input).toMatchObject({ KeyId: 'arn:key', EncryptionContext: context })
    expect(await key.rewrap(sealed, place)).toEqual({ keyId: 'arn:key', wrappedKey: Buffer.from('again').toString('base64') })
    expect(client.commandCalls(ReEncryptCommand)[0]!.args[0].input).toMatchObject({
      SourceEncryptionContext: context,
      DestinationKeyId: 'arn:key',
      DestinationEncryptionContext: context,
    })
  })

  test('what KMS refuses is no fault of the network', async () => {
    client.on(DecryptCommand).rejects(Object.assign(new Error('no'), { name: 'InvalidCiphertextException' }))
    const key = kmsWrappingKey('arn:key', new KMSClient())
    const sealed = { sealed: '', wrappedKey: '', keyId: 'arn:key' }
    await expect(openSecret(sealed, place, key)).rejects.toThrow('KMS refuses the key of a secret: InvalidCiphertextException.')
    client.on(DecryptCommand).rejects(Object.assign(new Error('later'), { name: 'ThrottlingException' }))
    await expect(openSecret(sealed, place, key)).rejects.toThrow('later')
  })
})
