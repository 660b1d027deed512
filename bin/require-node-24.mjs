// npm puts the project's own Node 24 first on the path. That package does not exist for every platform (macOS, for example):
// there the system's Node is used, which must be new enough to run TypeScript directly.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(`Nestegg needs Node 24 or newer; this is ${process.version}. Run it through npm (npm start, npm test), or install Node 24.`)
  process.exit(1)
}
