import { existsSync } from 'node:fs'

const executables = [
  process.env['NESTEGG_BROWSER'],
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The program of a browser of this machine; undefined if there is none. */
export const findBrowser = (): string | undefined => executables.find(path => path !== undefined && existsSync(path))

/** @throws an Error that says how to get a browser, if there is none. */
export const browserPath = (): string => {
  const found = findBrowser()
  if (found === undefined)
    throw new Error(
      'There is no browser. Install one (Debian: apt-get install chromium-headless-shell), or give its path in NESTEGG_BROWSER.',
    )
  return found
}
