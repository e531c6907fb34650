// Each file of the Secret is a user and its password: `root` for people, `metrics` for who reads
// counters and no document, and a service's own name for each service, which may read and write the
// database of that name and no other.
const fs = require('node:fs');
const folder = '/guichet/secret';
const ofServers = { root: 'root', metrics: 'clusterMonitor' };

for (const name of fs.readdirSync(folder).filter((file) => !file.startsWith('.'))) {
  const ofServer = ofServers[name];
  const own = db.getSiblingDB(ofServer ? 'admin' : name);
  const user = {
    pwd: fs.readFileSync(`${folder}/${name}`, 'utf8'),
    roles: [ofServer ?? 'readWrite'],
  };
  if (own.getUser(name)) own.updateUser(name, user);
  else own.createUser({ user: name, ...user });
}
