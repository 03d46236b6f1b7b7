import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'data-kit', rootDir: import.meta.dirname };
