/** Props of an operator, in glTF: the loader comes only with the first of them. */
import { type Group, Mesh } from "three";

export async function loadProp(address: string): Promise<Group> {
  const { GLTFLoader } = await import("three/examples/jsm/loaders/GLTFLoader.js");
  const { scene } = await new GLTFLoader().loadAsync(address);
  scene.traverse((one) => {
    if (!(one instanceof Mesh)) return;
    one.castShadow = one.receiveShadow = true;
    one.userData["own"] = true;
  });
  return scene;
}
