import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { pageHeaders } from '../lambdas/runtime/security-headers.ts'

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/** A file with a hash in its name never changes. */
const cacheControl = (path: string): string => (path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')

const decoded = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/**
 * Serves the built web application as CloudFront does in AWS: a path without a file extension is a page of the application, which is
 * `index.html`. Returns undefined if there is no such file.
 */
export const webFiles =
  (folder: string) =>
  async (path: string): Promise<APIGatewayProxyStructuredResultV2 | undefined> => {
    const name = decoded(path)
    if (name === undefined || name.includes('\0')) return undefined
    const wanted = extname(name) === '' ? '/index.html' : name
    const file = normalize(join(folder, wanted))
    const mediaType = mediaTypes[extname(file)]
    if (mediaType === undefined || !file.startsWith(`${folder}${sep}`)) return undefined
    const content = await readFile(file).catch(() => undefined)
    if (!content) return undefined
    return {
      statusCode: 200,
      headers: { ...pageHeaders(), 'content-type': mediaType, 'cache-control': cacheControl(wanted) },
      body: content.toString('base64'),
      isBase64Encoded: true,
    }
  }
