import { layerMemory } from "@butler/domain"
import { apiKeysContract, dialogsContract, turnsContract, workspacesContract } from "@butler/domain/testing"

turnsContract("memory", layerMemory)
dialogsContract("memory", layerMemory)
apiKeysContract("memory", layerMemory)
workspacesContract("memory", layerMemory)
