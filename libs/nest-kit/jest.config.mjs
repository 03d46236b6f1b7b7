import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'nest-kit', rootDir: import.meta.dirname };
