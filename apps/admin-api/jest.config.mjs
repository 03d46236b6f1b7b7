import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'admin-api', rootDir: import.meta.dirname };
