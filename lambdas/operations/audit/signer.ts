import { createPublicKey } from 'node:crypto'
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms'
import { readEnvironment, required } from '../../runtime/environment.ts'
import { type AnchorSigner, fileSigner } from './signing.ts'

const kms = new KMSClient()

/** Signs with an asymmetric key in KMS: ECC_NIST_P256. KMS takes texts of up to 4096 bytes. */
export const kmsSigner = async (keyId: string, client = kms): Promise<AnchorSigner> => {
  const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }))
  if (!PublicKey) throw new Error(`KMS gave no public key of ${keyId}.`)
  return {
    publicKey: createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' }),
    sign: async text => {
      const { Signature } = await client.send(
        new SignCommand({ KeyId: keyId, Message: Buffer.from(text, 'utf8'), MessageType: 'RAW', SigningAlgorithm: 'ECDSA_SHA_256' }),
      )
      if (!Signature) throw new Error(`KMS gave no signature of ${keyId}.`)
      return Signature
    },
  }
}

/** The signer of this platform: the key in a file on a laptop, otherwise that in KMS. */
export const platformSigner = async (): Promise<AnchorSigner> => {
  const environment = readEnvironment()
  const { AUDIT_SIGNING_KEY_FILE: file } = environment
  return file === undefined ? kmsSigner(required(environment, 'AUDIT_SIGNING_KEY_ID')) : fileSigner(file)
}
