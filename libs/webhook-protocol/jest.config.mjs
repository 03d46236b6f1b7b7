import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'webhook-protocol', rootDir: import.meta.dirname };
