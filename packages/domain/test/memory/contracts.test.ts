import { layerMemory } from "@butler/domain"
import {
  agentsContract,
  apiKeysContract,
  dialogsContract,
  turnsContract,
  workspacesContract
} from "@butler/domain/testing"

turnsContract("memory", layerMemory)
dialogsContract("memory", layerMemory)
apiKeysContract("memory", layerMemory)
workspacesContract("memory", layerMemory)
agentsContract("memory", layerMemory)
