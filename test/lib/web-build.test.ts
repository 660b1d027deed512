import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { webFilesIn } from '../../lambdas/runtime/web-files.ts'
import { buildWeb } from '../../lib/web-build.ts'
import { webRelease } from '../support/web-release.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A small application with its own settings, as Vite finds it. */
const application = (changes: Readonly<Record<string, string>> = {}) =>
  webRelease({
    'index.html': '<!doctype html><title>Trial</title><script type="module" src="/main.ts"></script>',
    'package.json': '{"type":"module"}',
    'main.ts': `const greeting: string = 'hello'\ndocument.title = greeting`,
    'vite.config.ts': 'export default { build: { modulePreload: { polyfill: false } } }',
    ...changes,
  })

describe('the build of the web application', () => {
  it('writes the page and its assets with hashed names, in place of what was there', async () => {
    const folder = webRelease({ 'old.txt': '', 'index.html': 'old' })
    await buildWeb(folder, application())
    const files = webFilesIn(folder)
    expect(files).toEqual([expect.stringMatching(/^assets\/index-[\w-]{8}\.js$/), 'index.html'])
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain(`src="/${files[0]}"`)
    expect(readFileSync(join(folder, files[0]!), 'utf8')).toContain('hello')
  })

  it('gives the same files each time', async () => {
    const root = application()
    const [first, second] = [temporaryFolder(), temporaryFolder()]
    await buildWeb(first, root)
    await buildWeb(second, root)
    const contents = (folder: string) => webFilesIn(folder).map(file => [file, readFileSync(join(folder, file), 'utf8')])
    expect(contents(second)).toEqual(contents(first))
  })

  it('fails if the application cannot be built', async () => {
    const root = application({ 'index.html': '<!doctype html><script type="module" src="/missing.ts"></script>' })
    await expect(buildWeb(temporaryFolder(), root)).rejects.toThrow('missing.ts')
  })
})
