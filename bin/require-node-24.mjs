// npm puts the project's own Node 24 first on the path; where that package does not exist for the machine
// (macOS, say) its system Node is used, and has to be new enough to run TypeScript as it stands.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(`Nestegg needs Node 24 or newer; this is ${process.version}. Run it through npm (npm start, npm test), or install Node 24.`)
  process.exit(1)
}
